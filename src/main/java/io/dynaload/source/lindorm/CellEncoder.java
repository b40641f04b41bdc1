package io.dynaload.source.lindorm;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.ItemEncoder;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Writes one column's value as an attribute: integers and DECIMAL as the number they are, scale
 * included; FLOAT and DOUBLE as the shortest decimal that reads back the same; times as ISO-8601,
 * timestamps in UTC. NULL is left out. Not thread-safe.
 *
 * @param index of the column in the result, from 1
 */
record CellEncoder(int index, ItemEncoder.Name name, ColumnType type, Cells cells) {

  void encode(ResultSet row, ItemEncoder item) throws SQLException, InvalidItemException {
    switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> {
        long value = row.getLong(index);
        if (!row.wasNull()) {
          item.number(name, value);
        }
      }
      case DECIMAL -> decimal(row.getBigDecimal(index), item);
      case FLOAT, DOUBLE -> floating(row.getObject(index), item);
      case BOOLEAN -> {
        boolean value = row.getBoolean(index);
        if (!row.wasNull()) {
          item.bool(name, value);
        }
      }
      case TEXT -> text(row.getString(index), item);
      case BINARY -> binary(row.getBytes(index), item);
      case DATE -> {
        LocalDate value = cells.date(row, index);
        text(value == null ? null : value.toString(), item);
      }
      case TIME -> {
        LocalTime value = cells.time(row, index);
        text(value == null ? null : IsoText.of(value), item);
      }
      case TIMESTAMP -> {
        Instant value = cells.timestamp(row, index);
        text(value == null ? null : IsoText.of(value), item);
      }
    }
  }

  private void decimal(@Nullable BigDecimal value, ItemEncoder item) throws InvalidItemException {
    if (value != null) {
      item.number(name, value);
    }
  }

  /**
   * By the class that the driver gives: the metadata's FLOAT is a float to some, a double to
   * others.
   */
  private void floating(@Nullable Object value, ItemEncoder item) throws InvalidItemException {
    if (value instanceof Float single) {
      item.number(name, single.floatValue());
    } else if (value instanceof Number number) {
      item.number(name, number.doubleValue());
    }
  }

  private void text(@Nullable String value, ItemEncoder item) throws InvalidItemException {
    if (value != null) {
      item.string(name, value);
    }
  }

  private void binary(byte @Nullable [] value, ItemEncoder item) {
    if (value != null) {
      item.binary(name, value);
    }
  }
}
