package io.dynaload.item;

/**
 * Finds the doubles that are short decimals, such as 21.57, as measurements and prices are, because
 * the search for the shortest decimal of any double costs more than all else that is done for it.
 *
 * <p>A decimal m / 10^k is taken if the quotient of the two as doubles is the value. Both are exact
 * as doubles, and a quotient is rounded as text is when it is read, so the decimal reads back as
 * the value. It has 13 digits at most, and of decimals with up to 15 digits no two read back as the
 * same double, so with the least k it is the shortest one.
 */
final class ShortDecimal {
  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  /** From here on, and below a thousandth, numbers are written with an exponent. */
  private static final double LIMIT = 1e7;

  private static final double LEAST = 1e-3;

  private ShortDecimal() {}

  /** The digits behind the point; -1 if the value is not known to be a short decimal. */
  static int scale(double value) {
    double magnitude = Math.abs(value);
    if (magnitude < LIMIT && (magnitude >= LEAST || magnitude == 0)) {
      for (int scale = 0; scale < POWERS.length; scale++) {
        if (unscaled(value, scale) / POWERS[scale] == value) {
          return scale;
        }
      }
    }
    return -1;
  }

  /**
   * The value without its point, where {@link #scale} says that it has so many digits behind it.
   */
  static long unscaled(double value, int scale) {
    return Math.round(value * POWERS[scale]);
  }
}
