package io.dynaload.source.lindorm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table whose first key columns are equal to a prefix, and whose next one lies in a
 * range: by value, whatever the column's order. With an empty prefix the range is one of the first
 * key column.
 *
 * @param lower belongs to it; null where there is none
 * @param upper belongs to it only if {@code upperInclusive}; null where there is none
 */
record KeyRange(
    List<KeyValue> prefix,
    @Nullable KeyValue lower,
    @Nullable KeyValue upper,
    boolean upperInclusive) {
  KeyRange {
    prefix = List.copyOf(prefix);
  }

  /** Of the first key column. */
  KeyRange(@Nullable KeyValue lower, @Nullable KeyValue upper, boolean upperInclusive) {
    this(List.of(), lower, upper, upperInclusive);
  }

  /** All rows. */
  static KeyRange whole() {
    return new KeyRange(null, null, false);
  }

  /** The same range of the column after those that are equal to the prefix. */
  KeyRange below(List<KeyValue> prefix) {
    return new KeyRange(prefix, lower, upper, upperInclusive);
  }
}
