package io.dynaload.source.lindorm;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;

/** Reads a value of a key column as a file gives it. */
final class KeyValueText {
  private KeyValueText() {}

  /**
   * @param zone of a timestamp without one
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  static KeyValue parse(ColumnType type, String text, ZoneId zone) {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> new KeyValue.Integral(integer(type, text));
      case DECIMAL -> new KeyValue.Decimal(number(text));
      case FLOAT, DOUBLE -> new KeyValue.Floating(number(text).doubleValue());
      case BOOLEAN -> new KeyValue.Bool(bool(text));
      case TEXT, JSON -> new KeyValue.Text(text);
      case BINARY -> new KeyValue.Bytes(bytes(text));
      case DATE -> new KeyValue.Date(date(text));
      case TIME -> new KeyValue.Time(time(text));
      case TIMESTAMP -> new KeyValue.Timestamp(TimestampRange.ceiling(Moment.parse(text).in(zone)));
    };
  }

  private static long integer(ColumnType type, String text) {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= type.least() && value <= type.most()) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "is not a whole number between " + type.least() + " and " + type.most());
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a number, such as 2.5", e);
    }
  }

  private static boolean bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static byte[] bytes(String text) {
    try {
      return HexFormat.of().parseHex(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not a row of bytes in hex, such as 00ff", e);
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is not a date, such as 2023-01-31", e);
    }
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is not a time of day, such as 12:30:00", e);
    }
  }
}
