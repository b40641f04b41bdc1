package io.dynaload.transform.expression;

import static io.dynaload.transform.expression.Function.NUMBER;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Functions between texts and times. Patterns are those of {@link DateTimeFormatter}, with English
 * names; a day that there is not, such as the 31st of February, is no date. A text without a time
 * of the day means midnight; one without a zone is in the zone given, or in UTC.
 */
final class Times {
  private static final CelType TEXT = SimpleType.STRING;

  private Times() {}

  static List<Function> all() {
    return List.of(
        new Function("epoch_seconds", false, NUMBER, List.of(TEXT, TEXT), () -> new Epoch(1)),
        new Function("epoch_seconds", false, NUMBER, List.of(TEXT, TEXT, TEXT), () -> new Epoch(1)),
        new Function("epoch_millis", false, NUMBER, List.of(TEXT, TEXT), () -> new Epoch(1000)),
        new Function(
            "epoch_millis", false, NUMBER, List.of(TEXT, TEXT, TEXT), () -> new Epoch(1000)),
        new Function("format_time", false, TEXT, List.of(NUMBER, TEXT), Format::new),
        new Function("format_time", false, TEXT, List.of(NUMBER, TEXT, TEXT), Format::new));
  }

  /** A pattern and a zone, looked up once as long as they stay the same. */
  private static final class Form {
    private @Nullable String pattern;
    private @Nullable DateTimeFormatter formatter;
    private @Nullable String zoneName;
    private ZoneId zone = ZoneOffset.UTC;

    DateTimeFormatter formatter(Object text) throws EvaluationException {
      DateTimeFormatter known = formatter;
      if (known != null && text.equals(pattern)) {
        return known;
      }
      try {
        DateTimeFormatter made = formatterOf((String) text);
        pattern = (String) text;
        formatter = made;
        return made;
      } catch (IllegalArgumentException e) {
        throw new EvaluationException(Fault.BAD_TEXT, "a text is no pattern of a time");
      }
    }

    ZoneId zone(Object[] arguments) throws EvaluationException {
      if (arguments.length < 3 || arguments[2].equals(zoneName)) {
        return zone;
      }
      try {
        zone = ZoneId.of((String) arguments[2]);
        zoneName = (String) arguments[2];
        return zone;
      } catch (DateTimeException e) {
        throw new EvaluationException(Fault.BAD_TEXT, "a text is no time zone");
      }
    }

    static void check(@Nullable Object[] constants) {
      Object pattern = constants[1];
      if (pattern != null) {
        try {
          formatterOf((String) pattern);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "'" + pattern + "' is no pattern of a time: " + e.getMessage(), e);
        }
      }
      Object zone = constants.length < 3 ? null : constants[2];
      if (zone != null) {
        try {
          ZoneId.of((String) zone);
        } catch (DateTimeException e) {
          throw new IllegalArgumentException("'" + zone + "' is no time zone", e);
        }
      }
    }
  }

  private static DateTimeFormatter formatterOf(String pattern) {
    // Strict, or the 31st of February would be its last day; that needs an era for "yyyy".
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static final class Epoch implements Function.Site {
    private final Form form = new Form();
    private final int unitsPerSecond;

    Epoch(int unitsPerSecond) {
      this.unitsPerSecond = unitsPerSecond;
    }

    @Override
    public Object call(Object[] a) throws EvaluationException {
      DateTimeFormatter formatter = form.formatter(a[1]);
      Instant time;
      try {
        time = instant(formatter.parse((String) a[0]), form.zone(a));
      } catch (DateTimeException e) {
        // Its message holds the text.
        throw new EvaluationException(Fault.BAD_TEXT, "the text is no time of this pattern");
      }
      return BigDecimal.valueOf(unitsPerSecond == 1 ? time.getEpochSecond() : time.toEpochMilli());
    }

    private static Instant instant(TemporalAccessor parsed, ZoneId zone) {
      if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
        return Instant.from(parsed);
      }
      LocalDate date = LocalDate.from(parsed);
      LocalTime time = parsed.query(TemporalQueries.localTime());
      ZoneId own = parsed.query(TemporalQueries.zone());
      return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
          .atZone(own == null ? zone : own)
          .toInstant();
    }

    @Override
    public void check(@Nullable Object[] constants) {
      Form.check(constants);
    }
  }

  /** Of seconds since 1970, with a fraction if need be. */
  private static final class Format implements Function.Site {
    private final Form form = new Form();

    @Override
    public Object call(Object[] a) throws EvaluationException {
      BigDecimal seconds = (BigDecimal) a[0];
      try {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        Instant time =
            Instant.ofEpochSecond(
                whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
        return form.formatter(a[1]).format(time.atZone(form.zone(a)));
      } catch (DateTimeException | ArithmeticException e) {
        throw new EvaluationException(
            Fault.NUMBER_OUT_OF_RANGE, "format_time needs seconds since 1970");
      }
    }

    @Override
    public void check(@Nullable Object[] constants) {
      Form.check(constants);
    }
  }
}
