package io.dynaload.source.lindorm;

import java.math.BigDecimal;

/**
 * The range of all values that a key column can hold. Where a type has no end that is known for
 * sure, the range has none: Lindorm asks for a condition on the first key column, but not for both
 * bounds of it.
 */
final class TypeEnds {
  /** Beyond every DECIMAL: they have at most 38 digits. */
  private static final BigDecimal DECIMAL_LIMIT = BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE);

  private TypeEnds() {}

  static KeyRange of(KeyColumn column) {
    ColumnType type = column.type();
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          new KeyRange(
              new KeyValue.Integral(type.least()), new KeyValue.Integral(type.most()), true);
      case DECIMAL ->
          new KeyRange(
              new KeyValue.Decimal(DECIMAL_LIMIT.negate()),
              new KeyValue.Decimal(DECIMAL_LIMIT),
              true);
      case TEXT -> new KeyRange(new KeyValue.Text(""), null, false);
      case BINARY -> new KeyRange(new KeyValue.Bytes(new byte[0]), null, false);
      case FLOAT, DOUBLE, BOOLEAN, DATE, TIME, TIMESTAMP, JSON -> KeyRange.whole();
    };
  }
}
