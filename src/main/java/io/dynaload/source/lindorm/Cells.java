package io.dynaload.source.lindorm;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves values between JDBC and Java. Not thread-safe. */
final class Cells {
  private final Dialect dialect;
  private final Times times;

  Cells(Dialect dialect) {
    this.dialect = dialect;
    this.times = dialect.times();
  }

  /** The type of a column of a result, from 1; empty where it cannot be read. */
  Optional<ColumnType> type(ResultSetMetaData result, int column) throws SQLException {
    return dialect.type(result, column);
  }

  @Nullable Instant timestamp(ResultSet row, int column) throws SQLException {
    return times.timestamp(row, column);
  }

  @Nullable LocalDate date(ResultSet row, int column) throws SQLException {
    return times.date(row, column);
  }

  @Nullable LocalTime time(ResultSet row, int column) throws SQLException {
    return times.time(row, column);
  }

  /** JSON as the text that it is; a driver may give its bytes. */
  @Nullable String json(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : value == null ? null : value.toString();
  }

  /** False where it is null. */
  boolean bool(ResultSet row, int column) throws SQLException {
    return dialect.bool(row, column);
  }

  /** The value of a key column. */
  KeyValue key(ResultSet row, int column, ColumnType type) throws SQLException {
    KeyValue value = nullableKey(row, column, type);
    if (value == null) {
      throw new SQLException("The key column " + column + " is null");
    }
    return value;
  }

  private @Nullable KeyValue nullableKey(ResultSet row, int column, ColumnType type)
      throws SQLException {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> {
        long value = row.getLong(column);
        yield row.wasNull() ? null : new KeyValue.Integral(value);
      }
      case DECIMAL -> {
        BigDecimal value = row.getBigDecimal(column);
        yield value == null ? null : new KeyValue.Decimal(value);
      }
      case FLOAT, DOUBLE ->
          row.getObject(column) instanceof Number value
              ? new KeyValue.Floating(value.doubleValue())
              : null;
      case BOOLEAN -> {
        boolean value = bool(row, column);
        yield row.wasNull() ? null : new KeyValue.Bool(value);
      }
      case TEXT, JSON -> {
        String value = row.getString(column);
        yield value == null ? null : new KeyValue.Text(value);
      }
      case BINARY -> {
        byte[] value = row.getBytes(column);
        yield value == null ? null : new KeyValue.Bytes(value);
      }
      case DATE -> {
        LocalDate value = date(row, column);
        yield value == null ? null : new KeyValue.Date(value);
      }
      case TIME -> {
        LocalTime value = time(row, column);
        yield value == null ? null : new KeyValue.Time(value);
      }
      case TIMESTAMP -> {
        Instant value = timestamp(row, column);
        yield value == null ? null : new KeyValue.Timestamp(value);
      }
    };
  }

  /** Binds the value of a condition; an integer in its column's width. */
  void bind(PreparedStatement statement, int parameter, Condition condition) throws SQLException {
    KeyValue value = condition.value();
    if (value instanceof KeyValue.Integral integral) {
      if (condition.type() == ColumnType.BIGINT) {
        statement.setLong(parameter, integral.value());
      } else {
        statement.setInt(parameter, Math.toIntExact(integral.value()));
      }
    } else if (value instanceof KeyValue.Decimal decimal) {
      statement.setBigDecimal(parameter, decimal.value());
    } else if (value instanceof KeyValue.Floating floating) {
      statement.setDouble(parameter, floating.value());
    } else if (value instanceof KeyValue.Bool bool) {
      statement.setBoolean(parameter, bool.value());
    } else if (value instanceof KeyValue.Text text) {
      statement.setString(parameter, text.value());
    } else if (value instanceof KeyValue.Bytes bytes) {
      statement.setBytes(parameter, bytes.value());
    } else if (value instanceof KeyValue.Timestamp timestamp) {
      times.bind(statement, parameter, timestamp.value());
    } else if (value instanceof KeyValue.Date date) {
      times.bind(statement, parameter, date.value());
    } else if (value instanceof KeyValue.Time time) {
      times.bind(statement, parameter, time.value());
    }
  }
}
