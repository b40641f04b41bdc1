package io.dynaload.source.lindorm;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;

/**
 * A point in time as a file gives it: a date, or a date and time with {@code T} or a blank between,
 * with or without a fraction of a second, an offset or a zone.
 *
 * @param zone null if the text has none
 */
record Moment(LocalDateTime local, @Nullable ZoneId zone) implements Serializable {
  static final String LABEL = "a date or a date and time";
  static final String EXAMPLE = "2023-01-01 00:00:00";
  private static final String ACCEPTED =
      "is not a date or a date and time; accepted are 2023-01-31, 2023-01-31 12:30:00,"
          + " 2023-01-31T12:30:00.123, and the last two with an offset or a zone, such as Z, +08:00"
          + " or [Asia/Shanghai]; without one, it is in time-zone";

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .optionalEnd()
          .optionalStart()
          .appendLiteral('[')
          .parseCaseSensitive()
          .appendZoneRegionId()
          .appendLiteral(']')
          .optionalEnd()
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * Of a text with both an offset and a zone the offset is kept.
   *
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  static Moment parse(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.length() == "2023-01-31".length()) {
        return new Moment(LocalDate.parse(trimmed).atStartOfDay(), null);
      }
      String oneWord = trimmed.replaceFirst("^([^Tt\\s]+)\\s+", "$1T").replace(" ", "");
      TemporalAccessor parsed = FORMAT.parse(oneWord);
      LocalDateTime local = LocalDateTime.from(parsed);
      return new Moment(
          local,
          zone(
              local,
              parsed.query(TemporalQueries.offset()),
              parsed.query(TemporalQueries.zoneId())));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(ACCEPTED, e);
    }
  }

  /** The offset where there is one: it also tells which of an hour that comes twice is meant. */
  private static @Nullable ZoneId zone(
      LocalDateTime local, @Nullable ZoneOffset offset, @Nullable ZoneId region) {
    if (offset == null) {
      return region;
    }
    if (region != null && !region.getRules().isValidOffset(local, offset)) {
      throw new IllegalArgumentException(
          "has an offset that its zone does not have at that time; leave one out");
    }
    return offset;
  }

  /**
   * The instant; {@code fallback} is the zone of a text without one. A time that the zone skips is
   * moved on by what is skipped; of one that comes twice, the first is taken.
   */
  Instant in(ZoneId fallback) {
    return local.atZone(zone == null ? fallback : zone).toInstant();
  }

  /** As it can stand in a file. */
  @Override
  public String toString() {
    String text = local.toLocalDate() + " " + DateTimeFormatter.ISO_LOCAL_TIME.format(local);
    if (zone == null) {
      return text;
    }
    return text + (zone instanceof ZoneOffset ? zone.getId() : "[" + zone.getId() + "]");
  }
}
