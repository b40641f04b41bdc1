package io.dynaload.source.lindorm;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of the values of one key column: numbers and times by value, text by Unicode code
 * points and binary by unsigned bytes, as Lindorm stores them. Values of two kinds have none.
 */
final class KeyOrder implements Comparator<KeyValue> {
  static final KeyOrder INSTANCE = new KeyOrder();

  private KeyOrder() {}

  @Override
  public int compare(KeyValue left, KeyValue right) {
    if (left instanceof KeyValue.Integral a && right instanceof KeyValue.Integral b) {
      return Long.compare(a.value(), b.value());
    } else if (left instanceof KeyValue.Decimal a && right instanceof KeyValue.Decimal b) {
      return a.value().compareTo(b.value());
    } else if (left instanceof KeyValue.Floating a && right instanceof KeyValue.Floating b) {
      // -0.0 is 0.0, as in SQL.
      return Double.compare(a.value() + 0.0, b.value() + 0.0);
    } else if (left instanceof KeyValue.Bool a && right instanceof KeyValue.Bool b) {
      return Boolean.compare(a.value(), b.value());
    } else if (left instanceof KeyValue.Text a && right instanceof KeyValue.Text b) {
      return Arrays.compare(a.value().codePoints().toArray(), b.value().codePoints().toArray());
    } else if (left instanceof KeyValue.Bytes a && right instanceof KeyValue.Bytes b) {
      return Arrays.compareUnsigned(a.value(), b.value());
    } else if (left instanceof KeyValue.Timestamp a && right instanceof KeyValue.Timestamp b) {
      return a.value().compareTo(b.value());
    } else if (left instanceof KeyValue.Date a && right instanceof KeyValue.Date b) {
      return a.value().compareTo(b.value());
    } else if (left instanceof KeyValue.Time a && right instanceof KeyValue.Time b) {
      return a.value().compareTo(b.value());
    }
    throw new IllegalArgumentException("Not two key values of one column");
  }
}
