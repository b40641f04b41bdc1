package io.dynaload.source.lindorm;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;

/**
 * The column types that can be read, each with the DynamoDB type it becomes unless the file says
 * otherwise. Every value is carried over exactly: see {@link CellEncoder}.
 */
enum ColumnType {
  TINYINT("N", Byte.MIN_VALUE, Byte.MAX_VALUE),
  SMALLINT("N", Short.MIN_VALUE, Short.MAX_VALUE),
  INTEGER("N", Integer.MIN_VALUE, Integer.MAX_VALUE),
  BIGINT("N", Long.MIN_VALUE, Long.MAX_VALUE),
  DECIMAL("N"),
  FLOAT("N"),
  DOUBLE("N"),
  BOOLEAN("BOOL"),
  TEXT("S"),
  BINARY("B"),
  DATE("S"),
  TIME("S"),
  TIMESTAMP("S"),
  JSON("S");

  private final String dynamoDbType;
  private final long least;
  private final long most;

  ColumnType(String dynamoDbType) {
    this(dynamoDbType, 0, 0);
  }

  ColumnType(String dynamoDbType, long least, long most) {
    this.dynamoDbType = dynamoDbType;
    this.least = least;
    this.most = most;
  }

  /** By a result's metadata; JSON has no number of its own. */
  static Optional<ColumnType> of(ResultSetMetaData result, int column) throws SQLException {
    return "JSON".equalsIgnoreCase(result.getColumnTypeName(column))
        ? Optional.of(JSON)
        : ofSqlType(result.getColumnType(column));
  }

  /** By the type that a result set's metadata give, one of {@link Types}. */
  static Optional<ColumnType> ofSqlType(int sqlType) {
    return Optional.ofNullable(
        switch (sqlType) {
          case Types.TINYINT -> TINYINT;
          case Types.SMALLINT -> SMALLINT;
          case Types.INTEGER -> INTEGER;
          case Types.BIGINT -> BIGINT;
          case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
          case Types.REAL, Types.FLOAT -> FLOAT;
          case Types.DOUBLE -> DOUBLE;
          case Types.BOOLEAN, Types.BIT -> BOOLEAN;
          case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> TEXT;
          case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> BINARY;
          case Types.DATE -> DATE;
          case Types.TIME -> TIME;
          case Types.TIMESTAMP -> TIMESTAMP;
          default -> null;
        });
  }

  /** By the name that DESCRIBE gives, such as {@code DECIMAL(10,2)}. */
  static Optional<ColumnType> ofName(String declared) {
    int parenthesis = declared.indexOf('(');
    String name = parenthesis < 0 ? declared : declared.substring(0, parenthesis);
    return Optional.ofNullable(
        switch (name.strip().toUpperCase(Locale.ROOT)) {
          case "TINYINT" -> TINYINT;
          case "SMALLINT" -> SMALLINT;
          case "INTEGER", "INT" -> INTEGER;
          case "BIGINT", "LONG" -> BIGINT;
          case "DECIMAL", "NUMERIC" -> DECIMAL;
          case "FLOAT", "REAL" -> FLOAT;
          case "DOUBLE" -> DOUBLE;
          case "BOOLEAN" -> BOOLEAN;
          case "CHAR", "VARCHAR", "TEXT" -> TEXT;
          case "BINARY", "VARBINARY" -> BINARY;
          case "DATE" -> DATE;
          case "TIME" -> TIME;
          case "TIMESTAMP" -> TIMESTAMP;
          case "JSON" -> JSON;
          default -> null;
        });
  }

  /** S, N, B or BOOL. */
  String dynamoDbType() {
    return dynamoDbType;
  }

  boolean isInteger() {
    return least < most;
  }

  /** The value itself; of an integer type that cannot hold it, its least or greatest one. */
  KeyValue nearest(KeyValue value) {
    return isInteger() && value instanceof KeyValue.Integral integral
        ? new KeyValue.Integral(Math.max(least, Math.min(most, integral.value())))
        : value;
  }

  /** The least value of an integer type. */
  long least() {
    return least;
  }

  /** The greatest value of an integer type. */
  long most() {
    return most;
  }
}
