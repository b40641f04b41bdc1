package io.dynaload.source.lindorm;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;

/** A value of a key column: a bound of a split, or the position in it. Immutable. */
sealed interface KeyValue {
  /** Of the four integer types. */
  record Integral(long value) implements KeyValue {}

  record Decimal(BigDecimal value) implements KeyValue {}

  /** Of FLOAT and DOUBLE. */
  record Floating(double value) implements KeyValue {}

  record Bool(boolean value) implements KeyValue {}

  record Text(String value) implements KeyValue {}

  /** The array is never written to. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Bytes(byte[] value) implements KeyValue {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }
  }

  record Timestamp(Instant value) implements KeyValue {}

  record Date(LocalDate value) implements KeyValue {}

  record Time(LocalTime value) implements KeyValue {}
}
