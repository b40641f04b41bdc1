package io.dynaload.source.lindorm;

import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/**
 * Times as ISO-8601. A timestamp always has milliseconds, so that the texts of one column sort like
 * the timestamps: {@code 2023-01-15T10:20:30.000Z}. A time of day has a fraction only if it is not
 * zero: {@code 10:20:30}.
 */
final class IsoText {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final DateTimeFormatter NANOS =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter();
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

  private static final long NANOS_A_SECOND = 1_000_000_000;

  private IsoText() {}

  static String of(Instant instant) {
    boolean whole = instant.truncatedTo(ChronoUnit.MILLIS).equals(instant);
    return (whole ? MILLIS : NANOS).format(instant);
  }

  static String of(LocalTime time) {
    return time.toNanoOfDay() % NANOS_A_SECOND == 0 ? SECONDS.format(time) : time.toString();
  }
}
