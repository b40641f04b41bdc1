package io.dynaload.source.lindorm;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/** Halves a range of one key column by its values: numbers and times. Exact at any magnitude. */
final class Midpoint {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private Midpoint() {}

  /**
   * A value strictly between the two, in the middle; empty if the column has none, or if its type
   * cannot be halved: text may be sorted in a way that is not known here.
   */
  static Optional<KeyValue> between(KeyValue lower, KeyValue upper) {
    if (KeyOrder.INSTANCE.compare(lower, upper) >= 0) {
      return Optional.empty();
    }
    return middle(lower, upper)
        .filter(middle -> KeyOrder.INSTANCE.compare(lower, middle) < 0)
        .filter(middle -> KeyOrder.INSTANCE.compare(middle, upper) < 0);
  }

  private static Optional<KeyValue> middle(KeyValue lower, KeyValue upper) {
    if (lower instanceof KeyValue.Integral a && upper instanceof KeyValue.Integral b) {
      BigInteger sum = BigInteger.valueOf(a.value()).add(BigInteger.valueOf(b.value()));
      return Optional.of(new KeyValue.Integral(sum.shiftRight(1).longValueExact()));
    } else if (lower instanceof KeyValue.Decimal a && upper instanceof KeyValue.Decimal b) {
      return Optional.of(new KeyValue.Decimal(a.value().add(b.value()).divide(TWO)));
    } else if (lower instanceof KeyValue.Floating a && upper instanceof KeyValue.Floating b) {
      return Optional.of(new KeyValue.Floating(a.value() / 2 + b.value() / 2));
    } else if (lower instanceof KeyValue.Timestamp a && upper instanceof KeyValue.Timestamp b) {
      long half = Duration.between(a.value(), b.value()).toMillis() / 2;
      return Optional.of(new KeyValue.Timestamp(a.value().plusMillis(half)));
    } else if (lower instanceof KeyValue.Date a && upper instanceof KeyValue.Date b) {
      long sum = a.value().toEpochDay() + b.value().toEpochDay();
      return Optional.of(new KeyValue.Date(LocalDate.ofEpochDay(Math.floorDiv(sum, 2))));
    } else if (lower instanceof KeyValue.Time a && upper instanceof KeyValue.Time b) {
      long nanos = (a.value().toNanoOfDay() + b.value().toNanoOfDay()) / 2;
      return Optional.of(
          new KeyValue.Time(LocalTime.ofNanoOfDay(nanos - nanos % Duration.ofMillis(1).toNanos())));
    }
    return Optional.empty();
  }
}
