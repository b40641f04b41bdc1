package io.dynaload.source.lindorm;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.ItemEncoder;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Writes one column's value as an attribute: integers and DECIMAL as the number they are, scale
 * included; FLOAT and DOUBLE as the shortest decimal that reads back the same; times as ISO-8601,
 * timestamps in UTC, or as numbers, with a fraction where the unit is too coarse. Not thread-safe.
 *
 * @param index of the column in the result, from 1
 */
record CellEncoder(
    int index, ItemEncoder.Name name, ColumnType type, AttributeForm form, Cells cells) {
  private static final long NANOS_A_SECOND = 1_000_000_000;

  void encode(ResultSet row, ItemEncoder item) throws SQLException, InvalidItemException {
    if (!write(row, item) && form.nulls()) {
      item.nul(name);
    }
  }

  /** False for NULL. */
  private boolean write(ResultSet row, ItemEncoder item) throws SQLException, InvalidItemException {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> {
        long value = row.getLong(index);
        boolean isThere = !row.wasNull();
        if (isThere) {
          item.number(name, value);
        }
        yield isThere;
      }
      case BOOLEAN -> {
        boolean value = cells.bool(row, index);
        boolean isThere = !row.wasNull();
        if (isThere) {
          item.bool(name, value);
        }
        yield isThere;
      }
      case DECIMAL -> decimal(row.getBigDecimal(index), item);
      case FLOAT, DOUBLE -> floating(row.getObject(index), item);
      case TEXT -> text(row.getString(index), item);
      case JSON -> text(cells.json(row, index), item);
      case BINARY -> binary(row.getBytes(index), item);
      case DATE -> date(cells.date(row, index), item);
      case TIME -> {
        LocalTime value = cells.time(row, index);
        yield text(value == null ? null : IsoText.of(value), item);
      }
      case TIMESTAMP -> timestamp(cells.timestamp(row, index), item);
    };
  }

  private boolean decimal(@Nullable BigDecimal value, ItemEncoder item)
      throws InvalidItemException {
    if (value == null) {
      return false;
    }
    item.number(name, value);
    return true;
  }

  /**
   * By the class that the driver gives: the metadata's FLOAT is a float to some, a double to
   * others.
   */
  private boolean floating(@Nullable Object value, ItemEncoder item) throws InvalidItemException {
    if (value instanceof Float single) {
      item.number(name, single.floatValue());
    } else if (value instanceof Number number) {
      item.number(name, number.doubleValue());
    }
    return value instanceof Number;
  }

  private boolean text(@Nullable String value, ItemEncoder item) throws InvalidItemException {
    if (value == null) {
      return false;
    }
    if (form.document()) {
      item.value(name, JsonDocument.parse(name, value));
    } else {
      item.string(name, value);
    }
    return true;
  }

  private boolean binary(byte @Nullable [] value, ItemEncoder item) {
    if (value == null) {
      return false;
    }
    item.binary(name, value);
    return true;
  }

  private boolean date(@Nullable LocalDate value, ItemEncoder item) throws InvalidItemException {
    if (value == null || form.dates() == DateForm.ISO_8601) {
      return text(value == null ? null : value.toString(), item);
    }
    return epoch(value.atStartOfDay().toInstant(ZoneOffset.UTC), item);
  }

  private boolean timestamp(@Nullable Instant value, ItemEncoder item) throws InvalidItemException {
    if (value == null || form.dates() == DateForm.ISO_8601) {
      return text(value == null ? null : IsoText.of(value), item);
    }
    return epoch(value, item);
  }

  private boolean epoch(Instant value, ItemEncoder item) throws InvalidItemException {
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
    return true;
  }
}
