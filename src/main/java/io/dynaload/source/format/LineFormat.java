package io.dynaload.source.format;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * A format with one record a line; a file can be cut at any byte. Lines end with a line feed, the
 * last one may lack it; a carriage return before it and lines of white space are left out.
 *
 * @param decoders makes a decoder for each part that is read
 */
public record LineFormat(Decoders decoders) implements RecordFormat {
  private static final long serialVersionUID = 1L;

  /** A supplier that can travel to where the file is read; a constructor's reference does. */
  @FunctionalInterface
  public interface Decoders extends Supplier<LineDecoder>, Serializable {}

  @Override
  public Splitting splitting() {
    return Splitting.AT_ANY_BYTE;
  }

  @Override
  public RecordCursor open(FileBytes file, FilePart part) throws IOException {
    return new LineCursor(file, part, decoders.get());
  }
}
