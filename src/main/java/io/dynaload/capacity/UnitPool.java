package io.dynaload.capacity;

import java.util.concurrent.TimeUnit;

/**
 * Units that come in at a rate. Starts empty. While nobody waits it saves up at most {@link
 * #BURST_SECONDS} of the rate, so that neither a start nor an idle time is followed by a burst;
 * while somebody waits, {@link #CATCH_UP_SECONDS}, so that a timer that is late takes nothing off
 * the rate. May be overdrawn; then it is empty until the debt is paid. Not thread-safe.
 */
public final class UnitPool {
  static final double BURST_SECONDS = 0.2;
  static final double CATCH_UP_SECONDS = 1;

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private double rate;
  private double units;
  private boolean waitedFor;
  private long filledAt;

  /**
   * @param rate units a second, at least 0
   * @param now nanoseconds, from any origin
   */
  public UnitPool(double rate, long now) {
    this.rate = rate;
    this.filledAt = now;
  }

  /** Units come in at this rate from now on. */
  public void rate(double unitsASecond, long now) {
    fill(now);
    rate = unitsASecond;
    units = Math.min(units, full());
  }

  /** Whether somebody waits from now on. */
  public void waitedFor(boolean somebodyWaits, long now) {
    fill(now);
    waitedFor = somebodyWaits;
    units = Math.min(units, full());
  }

  /** The units that are there at this moment; below 0 are debts. */
  public double available(long now) {
    fill(now);
    return units;
  }

  /** Takes units, whether or not they are there. */
  public void take(double taken) {
    units -= taken;
  }

  /** Puts back units that were not used. What would be more than a burst is dropped. */
  public void giveBack(double returned) {
    units = Math.min(units + returned, Math.max(units, full()));
  }

  /** Drops what was saved up; debts stay. */
  public void empty(long now) {
    fill(now);
    units = Math.min(units, 0);
  }

  /** Nanoseconds until so many units are there; at most {@code longest}. */
  public long nanosUntil(double wanted, long now, long longest) {
    fill(now);
    double missing = wanted - units;
    if (missing <= 0) {
      return 0;
    }
    double nanos = Math.ceil(missing / rate * NANOS) + 1;
    return nanos < longest ? (long) nanos : longest;
  }

  private void fill(long now) {
    double full = full();
    double more = (now - filledAt) / NANOS * rate;
    if (units < full) {
      units = Math.min(full, units + more);
    }
    filledAt = now;
  }

  private double full() {
    return rate * (waitedFor ? CATCH_UP_SECONDS : BURST_SECONDS);
  }
}
