package io.dynaload.sink;

import io.dynaload.capacity.Budget;

/**
 * A rate of units a second. Starts empty and saves up at most {@link #BURST_SECONDS} of the rate,
 * so no second sees more than the rate, that much, and the last take. What a late timer misses
 * stays in the bucket: the rate does not drift.
 */
final class TokenBucket implements Budget {
  private static final double BURST_SECONDS = 0.1;
  private static final double NANOS = 1e9;

  private final double rate;
  private final TaskThread thread;
  private double tokens;
  private long filledAt;

  /**
   * @param rate units a second, above 0
   */
  TokenBucket(double rate, TaskThread thread) {
    this.rate = rate;
    this.thread = thread;
    this.filledAt = thread.nanoTime();
  }

  @Override
  public double limit() {
    return rate;
  }

  @Override
  public boolean tryTake(long units, Runnable whenMore) {
    fill();
    if (tokens <= 0) {
      thread.schedule((long) Math.ceil(-tokens / rate * NANOS) + 1, whenMore);
      return false;
    }
    tokens -= units;
    return true;
  }

  @Override
  public void settle(long taken, double consumed) {
    tokens += taken - consumed;
  }

  @Override
  public void unsettled(long taken) {
    // It was taken.
  }

  @Override
  public void throttled(long units) {
    // The rate is given, not found.
  }

  private void fill() {
    long now = thread.nanoTime();
    tokens = Math.min(rate * BURST_SECONDS, tokens + (now - filledAt) / NANOS * rate);
    filledAt = now;
  }
}
