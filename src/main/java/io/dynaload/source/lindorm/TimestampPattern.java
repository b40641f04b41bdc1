package io.dynaload.source.lindorm;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * The form of a timestamp that a column holds as text, as a pattern of {@link DateTimeFormatter}.
 * Only forms that sort as time does: the range is compared as text at the server. So the parts go
 * from the year down, none left out in between, each with all of its digits.
 *
 * @param months that one step of the last part is; 0 if it is less than a month
 * @param millis that it is otherwise, at least 1
 * @param offset whether texts end with an offset from UTC
 */
record TimestampPattern(String text, int months, long millis, boolean offset)
    implements Serializable {
  static final String LABEL = "a pattern of java.time";
  static final String EXAMPLE = "yyyy-MM-dd HH:mm:ss";

  /**
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  static TimestampPattern parse(String text) {
    return new PatternParts(text).parse();
  }

  /** The number of the first step that is not earlier. */
  long ceiling(LocalDateTime time) {
    long step =
        months > 0
            ? Math.floorDiv(time.getLong(ChronoField.PROLEPTIC_MONTH), months)
            : Math.floorDiv(time.toInstant(ZoneOffset.UTC).toEpochMilli(), millis);
    return at(step).isBefore(time) ? step + 1 : step;
  }

  private LocalDateTime at(long step) {
    if (months > 0) {
      long month = step * months;
      return LocalDate.of(
              Math.toIntExact(Math.floorDiv(month, 12L)), Math.floorMod(month, 12) + 1, 1)
          .atStartOfDay();
    }
    long at = step * millis;
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(at, 1_000L), Math.floorMod(at, 1_000) * 1_000_000, ZoneOffset.UTC);
  }

  /** The text of a step; the zone gives the offset, if the text has one. */
  String format(long step, ZoneId zone) {
    LocalDateTime time = at(step);
    // In a zone, a time that daylight saving skips would become another one.
    return DateTimeFormatter.ofPattern(text, Locale.ROOT).format(offset ? time.atZone(zone) : time);
  }

  @Override
  public String toString() {
    return text;
  }
}
