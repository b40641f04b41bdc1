package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads the range of time from the file, and how the timestamp column holds it. */
final class TimestampSettings {
  static final Key<ZoneId> TIME_ZONE =
      Key.parsed("time-zone", "a time zone", "Asia/Shanghai", TimestampSettings::zone)
          .defaultsTo(ZoneId.of("UTC"))
          .describedAs(
              "Zone of from and to where they have none, and of the timestamp column's texts. A"
                  + " column of type TIMESTAMP is read in UTC, whatever this says.");
  static final Key<TimestampEncoding.Kind> ENCODING =
      Key.choice("timestamp-encoding", TimestampEncoding.Kind.class)
          .defaultsTo(TimestampEncoding.Kind.TIMESTAMP)
          .describedAs(
              "How the timestamp column holds time: as a TIMESTAMP; as a BIGINT or INTEGER of"
                  + " milliseconds or seconds since 1970; or as text in timestamp-pattern.");
  static final Key<TimestampPattern> PATTERN =
      Key.parsed(
              "timestamp-pattern",
              TimestampPattern.LABEL,
              TimestampPattern.EXAMPLE,
              TimestampPattern::parse)
          .describedAs(
              "Form of the timestamp column's texts, in the letters of java.time's"
                  + " DateTimeFormatter, from the year down: texts must sort as time does.");
  static final Keys KEYS = Keys.of(TIME_ZONE, ENCODING, PATTERN);
  private static final int LAST_YEAR = 9999;

  private TimestampSettings() {}

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "is not a time zone, such as UTC, +08:00 or Asia/Shanghai", e);
    }
  }

  static TimestampRange range(Section section) {
    ZoneId zone = section.get(TIME_ZONE);
    Instant from = TimestampRange.ceiling(section.find(FilterConfig.FROM).orElseThrow().in(zone));
    Instant to = TimestampRange.ceiling(section.find(FilterConfig.TO).orElseThrow().in(zone));
    if (!from.isBefore(to)) {
      throw section.problem(
          FilterConfig.TO,
          "the range is empty: to is " + to + " and from is " + from,
          "Set to to a later time than from; it is the first timestamp not to be read.");
    }
    TimestampRange range = new TimestampRange(from, to, encoding(section, zone));
    checkText(section, range);
    if (range.holdsNothing()) {
      throw section.problem(
          FilterConfig.TO,
          "no timestamp can lie between from (" + from + ") and to (" + to + "): " + coarse(range),
          "Set from and to further apart.");
    }
    return range;
  }

  private static String coarse(TimestampRange range) {
    return "the column holds them as " + range.encoding();
  }

  private static TimestampEncoding encoding(Section section, ZoneId zone) {
    TimestampEncoding.Kind kind = section.get(ENCODING);
    @Nullable TimestampPattern pattern = section.find(PATTERN).orElse(null);
    boolean text = kind == TimestampEncoding.Kind.TEXT;
    if (text && pattern == null) {
      throw section.problem(
          PATTERN,
          "is missing, but timestamp-encoding is text",
          "Set it to the form of the column's texts, for example "
              + TimestampPattern.EXAMPLE
              + ".");
    }
    if (!text && pattern != null) {
      throw section.problem(
          PATTERN,
          "is only for texts, but timestamp-encoding is not text",
          "Leave it out, or set timestamp-encoding: text.");
    }
    if (pattern != null && pattern.offset() && !zone.getRules().isFixedOffset()) {
      throw section.problem(
          PATTERN,
          "ends with an offset, which changes in "
              + zone
              + ", so its texts do not sort as time does",
          "Set time-zone to the one offset that all texts have, for example +08:00.");
    }
    return new TimestampEncoding(kind, pattern, zone);
  }

  /** Texts have four digits for the year, and sort as time does only within those. */
  private static void checkText(Section section, TimestampRange range) {
    if (range.encoding().kind() != TimestampEncoding.Kind.TEXT) {
      return;
    }
    ZoneId zone = range.encoding().zone();
    if (range.from().atZone(zone).getYear() < 1 || range.to().atZone(zone).getYear() > LAST_YEAR) {
      throw section.problem(
          FilterConfig.TO,
          "the range goes beyond the years 1 to " + LAST_YEAR + ", which texts can hold",
          "Set from and to within them.");
    }
  }
}
