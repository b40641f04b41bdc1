package io.dynaload.source.format;

import java.io.IOException;
import java.io.Serializable;

/**
 * How the bytes of a file become items, one record after another. Immutable and thread-safe; the
 * cursors that it opens are neither.
 *
 * <p>A record that cannot be read is a rejected item, never an exception, and reading goes on
 * behind it.
 */
public interface RecordFormat extends Serializable {
  /** Where a file of this format may be cut into parts that are read apart from one another. */
  enum Splitting {
    /** Nowhere. */
    NONE,
    /**
     * At any byte: a record belongs to the part that its first byte lies in. Part after part gives
     * the same items as the whole file, each once.
     */
    AT_ANY_BYTE
  }

  Splitting splitting();

  /**
   * Begins to read a part of a file, or goes on with it.
   *
   * @throws IOException as the file throws it
   * @throws io.dynaload.error.ImportException if the file as a whole cannot be of this format; the
   *     message names the file
   */
  RecordCursor open(FileBytes file, FilePart part) throws IOException;
}
