package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
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

/**
 * Moves values between JDBC and Java. What a column of each type is read as:
 *
 * <pre>
 *   TINYINT, SMALLINT, INTEGER, BIGINT   Long
 *   DECIMAL                              BigDecimal
 *   FLOAT, DOUBLE                        the Number that the driver gives
 *   BOOLEAN                              Boolean
 *   TEXT, JSON                           String
 *   BINARY                               byte[]
 *   DATE, TIME, TIMESTAMP                LocalDate, LocalTime, Instant
 * </pre>
 *
 * Not thread-safe.
 */
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

  /**
   * A value that the driver cannot give as its column's type, such as a TIME of 100 hours of MySQL.
   *
   * @param text as the driver gives it, or empty
   */
  record Unreadable(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * The value of a column, from 1, as its type says above, or {@link Unreadable}; null for NULL.
   */
  @Nullable Object value(ResultSet row, int column, ColumnType type) throws SQLException {
    try {
      return readable(row, column, type);
    } catch (SQLException e) {
      if (!Failures.isConversion(e)) {
        throw e;
      }
      return new Unreadable(text(row, column));
    }
  }

  private static String text(ResultSet row, int column) throws SQLException {
    try {
      return String.valueOf(row.getString(column));
    } catch (SQLException e) {
      if (!Failures.isConversion(e)) {
        throw e;
      }
      return "";
    }
  }

  private @Nullable Object readable(ResultSet row, int column, ColumnType type)
      throws SQLException {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> {
        long value = row.getLong(column);
        yield row.wasNull() ? null : value;
      }
      case DECIMAL -> row.getBigDecimal(column);
      case FLOAT, DOUBLE -> row.getObject(column) instanceof Number value ? value : null;
      case BOOLEAN -> {
        boolean value = dialect.bool(row, column);
        yield row.wasNull() ? null : value;
      }
      case TEXT -> row.getString(column);
      case JSON -> json(row, column);
      case BINARY -> row.getBytes(column);
      case DATE -> times.date(row, column);
      case TIME -> times.time(row, column);
      case TIMESTAMP -> times.timestamp(row, column);
    };
  }

  /** JSON as the text that it is; a driver may give its bytes. */
  private static @Nullable String json(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : value == null ? null : value.toString();
  }

  /** The value of a key column. */
  KeyValue key(ResultSet row, int column, ColumnType type) throws SQLException {
    return key(value(row, column, type), column, type);
  }

  /** The value of a key column, as {@link #value} gave it. */
  static KeyValue key(@Nullable Object value, int column, ColumnType type) throws SQLException {
    if (value == null) {
      throw new SQLException("The key column " + column + " is null");
    }
    if (value instanceof Unreadable) {
      throw new ImportException(
          ErrorCode.SOURCE,
          "A key column holds a value that is no " + type + " that can be read",
          "Correct the row at the source, or leave it out by where.");
    }
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> new KeyValue.Integral((Long) value);
      case DECIMAL -> new KeyValue.Decimal((BigDecimal) value);
      case FLOAT, DOUBLE -> new KeyValue.Floating(((Number) value).doubleValue());
      case BOOLEAN -> new KeyValue.Bool((Boolean) value);
      case TEXT, JSON -> new KeyValue.Text((String) value);
      case BINARY -> new KeyValue.Bytes((byte[]) value);
      case DATE -> new KeyValue.Date((LocalDate) value);
      case TIME -> new KeyValue.Time((LocalTime) value);
      case TIMESTAMP -> new KeyValue.Timestamp((Instant) value);
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
