package io.dynaload.source.format;

import io.dynaload.item.Item;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a file. Its memory is bounded whatever the file's and the records' sizes are. Not
 * thread-safe.
 *
 * <p>What it gives depends on the file's bytes and the part alone, so an item has the same origin,
 * and a rejected one the same id, however often reading is interrupted.
 */
public interface RecordCursor extends Closeable {
  /**
   * The next item, or null at the end of the part.
   *
   * <p>A record that cannot be read is an item of kind REJECTED, whose bytes are the record as it
   * stands in the file, or the first {@link Records#MAX_KEPT} of them.
   *
   * @throws IOException as the file throws it: a file that is cut short, an outage
   * @throws io.dynaload.error.ImportException if nothing behind this place can be read any more
   */
  @Nullable Item next() throws IOException;

  /** Where the next record begins, or what is between it and the last one. */
  long offset();

  /**
   * How many lines of the part lie before {@link #offset()}; in a format whose records need no
   * lines, how many records. The {@code position} of an item's origin is counted the same way, from
   * 1: the line that the record begins on, or the record's number.
   */
  long number();
}
