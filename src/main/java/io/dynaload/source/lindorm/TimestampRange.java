package io.dynaload.source.lindorm;

import java.io.Serializable;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The half-open range {@code [from, to)} of the timestamps to be read, in whole milliseconds, and
 * how the column holds them.
 */
record TimestampRange(Instant from, Instant to, TimestampEncoding encoding)
    implements Serializable {
  TimestampRange {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(from + " is not before " + to);
    }
  }

  TimestampRange(Instant from, Instant to) {
    this(from, to, TimestampEncoding.TIMESTAMP);
  }

  /**
   * The first whole millisecond that is not earlier. A TIMESTAMP has no finer part, so a half-open
   * range keeps its meaning.
   */
  static Instant ceiling(Instant instant) {
    Instant floor = instant.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(instant) ? floor : floor.plusMillis(1);
  }

  /** Whether no value of the column can lie in it, because they are coarser than the range. */
  boolean holdsNothing() {
    return encoding.ceiling(from) >= encoding.ceiling(to);
  }

  /** Whether a column of this type can hold all values of the range. */
  boolean fits(ColumnType column) {
    return !column.isInteger()
        || (encoding.ceiling(from) >= column.least() && encoding.ceiling(to) <= column.most());
  }

  /** The numbers of the range that an integer column can hold; empty if it can hold none. */
  Optional<KeyEnds.Ends> within(ColumnType column) {
    long least = Math.max(column.least(), encoding.ceiling(from));
    long greatest = Math.min(column.most(), encoding.ceiling(to) - 1);
    return least > greatest
        ? Optional.empty()
        : Optional.of(
            new KeyEnds.Ends(new KeyValue.Integral(least), new KeyValue.Integral(greatest)));
  }

  /** The first value of the column that is read. */
  KeyValue lower() {
    return encoding.value(encoding.ceiling(from));
  }

  /** The first one that is not read any more. */
  KeyValue upper() {
    return encoding.value(encoding.ceiling(to));
  }

  /** The ends of about equal parts, each with one value at least: the lower one, …, the upper. */
  List<KeyValue> cuts(int parts) {
    long first = encoding.ceiling(from);
    long values = encoding.ceiling(to) - first;
    long count = Math.min(parts, values);
    List<KeyValue> cuts = new ArrayList<>();
    for (long i = 0; i <= count; i++) {
      BigInteger offset = BigInteger.valueOf(values).multiply(BigInteger.valueOf(i));
      cuts.add(encoding.value(first + offset.divide(BigInteger.valueOf(count)).longValueExact()));
    }
    return cuts;
  }

  /** As the range of the column's values. */
  @Override
  public String toString() {
    String range = "[" + from + ", " + to + ")";
    return encoding.kind() == TimestampEncoding.Kind.TIMESTAMP ? range : range + " as " + encoding;
  }
}
