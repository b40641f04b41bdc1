package io.dynaload.source.lindorm;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The half-open range {@code [from, to)} of the timestamps to be read, in whole milliseconds. */
record TimestampRange(Instant from, Instant to) implements Serializable {
  TimestampRange {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(from + " is not before " + to);
    }
  }

  /**
   * The first whole millisecond that is not earlier. A TIMESTAMP has no finer part, so a half-open
   * range keeps its meaning.
   */
  static Instant ceiling(Instant instant) {
    Instant floor = instant.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(instant) ? floor : floor.plusMillis(1);
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
