package io.dynaload.source.lindorm;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Cuts ranges into about equal parts that touch and do not overlap. Exact at any magnitude. */
final class Slices {
  private Slices() {}

  /**
   * Slices of at least one value of the timestamp column, which is of this type: half-open, but for
   * the last one where the range goes beyond what the type can hold; none where it cannot hold any.
   */
  static List<KeyRange> ofTime(TimestampRange range, ColumnType column, int count) {
    if (!range.fits(column)) {
      return range.within(column).map(ends -> ofNumbers(ends, count)).orElse(List.of());
    }
    List<KeyValue> cuts = range.cuts(count);
    List<KeyRange> slices = new ArrayList<>();
    for (int i = 1; i < cuts.size(); i++) {
      slices.add(new KeyRange(cuts.get(i - 1), cuts.get(i), false));
    }
    return slices;
  }

  /** Ranges of one number at least; the last one includes its upper end. */
  static List<KeyRange> ofNumbers(KeyEnds.Ends ends, int count) {
    if (ends.least() instanceof KeyValue.Integral least
        && ends.greatest() instanceof KeyValue.Integral greatest) {
      return integers(least.value(), greatest.value(), count);
    }
    if (ends.least() instanceof KeyValue.Decimal least
        && ends.greatest() instanceof KeyValue.Decimal greatest) {
      return decimals(least.value(), greatest.value(), count);
    }
    throw new IllegalArgumentException("Not numbers of one type: " + ends);
  }

  private static List<KeyRange> integers(long least, long greatest, int count) {
    BigInteger first = BigInteger.valueOf(least);
    BigInteger numbers = BigInteger.valueOf(greatest).subtract(first).add(BigInteger.ONE);
    BigInteger parts = numbers.min(BigInteger.valueOf(count));
    List<KeyValue> starts = new ArrayList<>();
    for (int i = 0; i < parts.intValueExact(); i++) {
      BigInteger offset = numbers.multiply(BigInteger.valueOf(i)).divide(parts);
      starts.add(new KeyValue.Integral(first.add(offset).longValueExact()));
    }
    return between(starts, new KeyValue.Integral(greatest));
  }

  private static List<KeyRange> decimals(BigDecimal least, BigDecimal greatest, int count) {
    BigDecimal span = greatest.subtract(least);
    int scale = Math.max(least.scale(), greatest.scale());
    List<BigDecimal> distinct = new ArrayList<>(List.of(least));
    for (int i = 1; i < count; i++) {
      BigDecimal offset =
          span.multiply(BigDecimal.valueOf(i))
              .divide(BigDecimal.valueOf(count), scale, RoundingMode.FLOOR);
      BigDecimal start = least.add(offset);
      if (start.compareTo(distinct.get(distinct.size() - 1)) > 0) {
        distinct.add(start);
      }
    }
    List<KeyValue> starts = new ArrayList<>();
    distinct.forEach(start -> starts.add(new KeyValue.Decimal(start)));
    return between(starts, new KeyValue.Decimal(greatest));
  }

  /** Cuts a range at those boundaries that lie inside of it; each begins a part. */
  static List<KeyRange> at(KeyRange whole, List<KeyValue> boundaries) {
    List<KeyRange> ranges = new ArrayList<>();
    KeyValue start = whole.lower();
    for (KeyValue boundary : boundaries) {
      boolean begins = start != null && KeyOrder.INSTANCE.compare(boundary, start) <= 0;
      boolean beyond =
          whole.upper() != null && KeyOrder.INSTANCE.compare(boundary, whole.upper()) >= 0;
      if (!begins && !beyond) {
        ranges.add(new KeyRange(start, boundary, false));
        start = boundary;
      }
    }
    ranges.add(new KeyRange(start, whole.upper(), whole.upperInclusive()));
    return ranges;
  }

  private static List<KeyRange> between(List<KeyValue> starts, KeyValue last) {
    List<KeyRange> ranges = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      boolean isLast = i == starts.size() - 1;
      ranges.add(new KeyRange(starts.get(i), isLast ? last : starts.get(i + 1), isLast));
    }
    return ranges;
  }
}
