package io.dynaload.source.lindorm;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
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

  private static final byte[] PATTERN =
      "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
  private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

  private static final int NANOS_A_MILLI = 1_000_000;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private IsoText() {}

  static String of(Instant instant) {
    int nanos = instant.getNano();
    long second = instant.getEpochSecond();
    if (nanos % NANOS_A_MILLI == 0 && second >= YEAR_0 && second < YEAR_10000) {
      return millis(LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC));
    }
    boolean whole = instant.truncatedTo(ChronoUnit.MILLIS).equals(instant);
    return (whole ? MILLIS : NANOS).format(instant);
  }

  /** What {@link #MILLIS} gives for a year of four digits, in a tenth of the time. */
  private static String millis(LocalDateTime time) {
    byte[] text = PATTERN.clone();
    digits(text, 4, time.getYear());
    digits(text, 7, time.getMonthValue());
    digits(text, 10, time.getDayOfMonth());
    digits(text, 13, time.getHour());
    digits(text, 16, time.getMinute());
    digits(text, 19, time.getSecond());
    digits(text, 23, time.getNano() / NANOS_A_MILLI);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Writes a number so that it ends before {@code end}, over zeros. */
  private static void digits(byte[] text, int end, int number) {
    for (int rest = number, i = end - 1; rest > 0; rest /= 10, i--) {
      text[i] = (byte) ('0' + rest % 10);
    }
  }

  static String of(LocalTime time) {
    return time.toNanoOfDay() % NANOS_A_SECOND == 0 ? SECONDS.format(time) : time.toString();
  }
}
