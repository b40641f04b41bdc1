package io.dynaload.source.lindorm;

import java.math.BigDecimal;

/**
 * The range of all values that a key column can hold. Where a type has no end that is known for
 * sure, the range has none: Lindorm asks for a condition on the first key column, but not for both
 * bounds of it.
 */
final class TypeEnds {
  /** Digits of a DECIMAL: Lindorm's, and MySQL's, whose protocol Lindorm speaks as well. */
  private static final int DIGITS = 38;

  private static final int MYSQL_DIGITS = 65;

  private TypeEnds() {}

  static KeyRange of(KeyColumn column, LindormUrl.Protocol protocol) {
    boolean mySql = protocol == LindormUrl.Protocol.MYSQL;
    BigDecimal limit = BigDecimal.TEN.pow(mySql ? MYSQL_DIGITS : DIGITS).subtract(BigDecimal.ONE);
    ColumnType type = column.type();
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          new KeyRange(
              new KeyValue.Integral(type.least()), new KeyValue.Integral(type.most()), true);
      case DECIMAL ->
          new KeyRange(new KeyValue.Decimal(limit.negate()), new KeyValue.Decimal(limit), true);
      // MySQL compares as if blanks were added, so a tab comes before the empty text.
      case TEXT -> mySql ? KeyRange.whole() : new KeyRange(new KeyValue.Text(""), null, false);
      case BINARY -> new KeyRange(new KeyValue.Bytes(new byte[0]), null, false);
      case FLOAT, DOUBLE, BOOLEAN, DATE, TIME, TIMESTAMP, JSON -> KeyRange.whole();
    };
  }
}
