package io.dynaload.source.file;

import io.dynaload.source.format.FileBytes;
import io.dynaload.source.format.FilePart;
import io.dynaload.source.format.RecordCursor;
import io.dynaload.source.format.RecordFormat;
import java.io.IOException;

/** One format for files that are read whole, another for parts of files, which have an end. */
record PartwiseFormat(RecordFormat whole, RecordFormat parts) implements RecordFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public Splitting splitting() {
    return parts.splitting();
  }

  @Override
  public RecordCursor open(FileBytes file, FilePart part) throws IOException {
    return (part.end() == Long.MAX_VALUE ? whole : parts).open(file, part);
  }
}
