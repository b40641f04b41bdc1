package io.dynaload.source.format;

import java.io.IOException;

/**
 * CSV (RFC 4180): a row is a put of its values. Rows end with a line feed, before which a carriage
 * return may stand. Lines that are empty are left out; one with another number of values than there
 * are columns is rejected. A file can be cut at any byte; where a quoted value may hold line ends,
 * the part's first row is found by {@link CsvRowFinder}.
 */
record CsvFormat(CsvOptions options) implements RecordFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public Splitting splitting() {
    return Splitting.AT_ANY_BYTE;
  }

  @Override
  public RecordCursor open(FileBytes file, FilePart part) throws IOException {
    return CsvCursor.open(file, part, options);
  }
}
