package io.dynaload.source.lindorm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of one key column's range that is being read, where the whole was too slow: the range is
 * halved, and halved again, and the halves are read one after the other in the order of the rows.
 * Only a device of reading: no state holds it. Not thread-safe.
 */
final class KeyWindows {
  /** Where the windows end that were cut off, the nearest one first. */
  private final Deque<KeyValue> ends = new ArrayDeque<>();

  /** Where the window begins, the other end of one that is done; null at the row read last. */
  private @Nullable KeyValue start;

  /** Where the window begins; null where the row read last or the whole range says it. */
  @Nullable KeyValue start() {
    return start;
  }

  /**
   * Where it ends: before this value, or with it if the column is descending; null if at the end.
   */
  @Nullable KeyValue end() {
    return ends.peek();
  }

  /**
   * Cuts what is left of the window in the middle.
   *
   * @param lower where it begins by value; null where nothing bounds it
   * @param upper where it ends by value; null where nothing bounds it
   * @return false if it cannot be cut
   */
  boolean bisect(@Nullable KeyValue lower, @Nullable KeyValue upper) {
    Optional<KeyValue> middle =
        lower == null || upper == null ? Optional.empty() : Midpoint.between(lower, upper);
    middle.ifPresent(ends::push);
    return middle.isPresent();
  }

  /** The window holds no more rows: goes on to the next. False if it was the last. */
  boolean next() {
    if (ends.isEmpty()) {
      return false;
    }
    start = ends.pop();
    return true;
  }

  /** A row in the window was read: the rest begins behind it. */
  void reached() {
    start = null;
  }

  /** Begins anew, with a range that was not cut. */
  void clear() {
    ends.clear();
    start = null;
  }
}
