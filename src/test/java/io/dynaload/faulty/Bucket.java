package io.dynaload.faulty;

import java.util.function.LongSupplier;

/**
 * Units a second, saved up for some seconds. A take is admitted while anything is left, and may
 * take more than that; those after it wait the longer. So over any time no more is admitted than
 * the rate, what was saved up, and one take. Not thread-safe.
 */
final class Bucket {
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private final double savedSeconds;
  private double rate;
  private double tokens;
  private long filledAt;

  /**
   * Starts full.
   *
   * @param rate units a second; infinite for no limit
   * @param savedSeconds for how many seconds what is not used is kept, above 0
   */
  Bucket(double rate, double savedSeconds, LongSupplier nanoTime) {
    this.rate = rate;
    this.savedSeconds = savedSeconds;
    this.nanoTime = nanoTime;
    this.tokens = rate * savedSeconds;
    this.filledAt = nanoTime.getAsLong();
  }

  boolean hasAny() {
    fill();
    return tokens > 0;
  }

  void take(double units) {
    fill();
    tokens -= units;
  }

  double rate() {
    return rate;
  }

  /** Changes the rate from now on. */
  void rate(double unitsPerSecond) {
    fill();
    rate = unitsPerSecond;
    tokens = Math.min(tokens, rate * savedSeconds);
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    if (Double.isInfinite(rate)) {
      tokens = rate;
    } else {
      tokens = Math.min(rate * savedSeconds, tokens + (now - filledAt) / NANOS * rate);
    }
    filledAt = now;
  }
}
