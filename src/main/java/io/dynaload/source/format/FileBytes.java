package io.dynaload.source.format;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one file, decompressed. */
@FunctionalInterface
public interface FileBytes {
  /**
   * Opens the file at a position. It need not be buffered: it is read in large blocks. Closed by
   * whoever asked for it; a cursor opens one after the other, never two at a time.
   *
   * @param offset from 0; in a compressed file, of the decompressed bytes
   */
  InputStream openAt(long offset) throws IOException;
}
