package io.dynaload.emr.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times, as the screen shows them. */
final class Texts {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Texts() {}

  static String moment(Instant at) {
    return MOMENT.format(at);
  }

  static String minute(Instant at) {
    return MINUTE.format(at);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  static String dollars(double value) {
    return String.format(Locale.ROOT, "$%,.2f", value);
  }

  /** Such as {@code 40 s}, {@code 12 min}, {@code 3 h 05 min}. */
  static String duration(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) < 0) {
      return Math.max(0, time.toSeconds()) + " s";
    }
    return time.compareTo(Duration.ofHours(1)) < 0
        ? time.toMinutes() + " min"
        : String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
  }
}
