package io.dynaload.capacity;

import java.util.concurrent.TimeUnit;

/**
 * How much to lease at once: so much that it lasts for about a tenth of a second, found by doubling
 * and halving. Not thread-safe.
 */
final class LeaseSize {
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(75);
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Of the job's limit. */
  private static final double MOST_SECONDS = 0.1;

  private double units = 1;
  private long leasedAt;
  private boolean leased;

  double units() {
    return units;
  }

  void leased(long now, double leasedUnits) {
    if (leasedUnits > 0) {
      leased = true;
      leasedAt = now;
    }
  }

  /** The last lease is nearly used up. */
  void ask(long now, double limit) {
    if (leased) {
      leased = false;
      long lasted = now - leasedAt;
      if (lasted < SHORT_NANOS) {
        units = Math.max(1, Math.min(units * 2, limit * MOST_SECONDS));
      } else if (lasted > LONG_NANOS) {
        units = Math.max(1, units / 2);
      }
    }
  }
}
