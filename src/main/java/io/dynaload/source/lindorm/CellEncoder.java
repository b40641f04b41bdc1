package io.dynaload.source.lindorm;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.ItemEncoder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Writes one column's values as an attribute: integers and DECIMAL as the number they are, scale
 * included; FLOAT and DOUBLE as the shortest decimal that reads back the same; times as ISO-8601,
 * timestamps in UTC, or as numbers, with a fraction where the unit is too coarse. Immutable.
 */
record CellEncoder(ItemEncoder.Name name, ColumnType type, AttributeForm form) {
  private static final long NANOS_A_SECOND = 1_000_000_000;

  /**
   * @param value as {@link Cells#value} gives it
   */
  void encode(@Nullable Object value, ItemEncoder item) throws InvalidItemException {
    if (value instanceof Cells.Unreadable) {
      throw new InvalidItemException(
          InvalidItemException.Reason.UNSUPPORTED_VALUE,
          "attribute " + name + ": the value is no " + type + " that can be read");
    } else if (value != null) {
      write(value, item);
    } else if (form.nulls()) {
      item.nul(name);
    }
  }

  /**
   * The same for a row that is rejected: a value that DynamoDB cannot hold is written as it is,
   * where a person can mend it; a document that cannot be one as a text of the type JSON, which
   * DynamoDB does not know, so that it cannot pass for a text.
   */
  void keep(@Nullable Object value, ItemEncoder item) {
    try {
      encode(value, item);
    } catch (InvalidItemException e) {
      item.unchecked(name, typeToMend(), String.valueOf(value));
    }
  }

  private String typeToMend() {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, FLOAT, DOUBLE -> "N";
      case TEXT, JSON -> form.document() ? "JSON" : "S";
      case BOOLEAN, BINARY, DATE, TIME, TIMESTAMP -> "S";
    };
  }

  private void write(Object value, ItemEncoder item) throws InvalidItemException {
    switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> item.number(name, ((Long) value).longValue());
      case BOOLEAN -> item.bool(name, (Boolean) value);
      case DECIMAL -> item.number(name, (BigDecimal) value);
      case FLOAT, DOUBLE -> floating((Number) value, item);
      case TEXT, JSON -> text((String) value, item);
      case BINARY -> item.binary(name, (byte[]) value);
      case DATE -> date((LocalDate) value, item);
      case TIME -> text(IsoText.of((LocalTime) value), item);
      case TIMESTAMP -> timestamp((Instant) value, item);
    }
  }

  /**
   * By the class that the driver gives: the metadata's FLOAT is a float to some, a double to
   * others.
   */
  private void floating(Number value, ItemEncoder item) throws InvalidItemException {
    if (value instanceof Float single) {
      item.number(name, single.floatValue());
    } else {
      item.number(name, value.doubleValue());
    }
  }

  private void text(String value, ItemEncoder item) throws InvalidItemException {
    if (form.document()) {
      item.value(name, JsonDocument.parse(name, value));
    } else {
      item.string(name, value);
    }
  }

  private void date(LocalDate value, ItemEncoder item) throws InvalidItemException {
    if (form.dates() == DateForm.ISO_8601) {
      text(value.toString(), item);
    } else {
      epoch(value.atStartOfDay().toInstant(ZoneOffset.UTC), item);
    }
  }

  private void timestamp(Instant value, ItemEncoder item) throws InvalidItemException {
    if (form.dates() == DateForm.ISO_8601) {
      text(IsoText.of(value), item);
    } else {
      epoch(value, item);
    }
  }

  private void epoch(Instant value, ItemEncoder item) throws InvalidItemException {
    int units = form.dates().unitsASecond();
    long nanosAUnit = NANOS_A_SECOND / units;
    if (value.getNano() % nanosAUnit == 0) {
      item.number(name, value.getEpochSecond() * units + value.getNano() / nanosAUnit);
    } else {
      BigDecimal exact =
          BigDecimal.valueOf(value.getEpochSecond())
              .add(BigDecimal.valueOf(value.getNano(), 9))
              .multiply(BigDecimal.valueOf(units));
      item.number(name, exact.stripTrailingZeros());
    }
  }
}
