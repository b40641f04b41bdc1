package io.dynaload.faulty;

import java.util.function.LongSupplier;

/**
 * What a table gives to those who scan it. A page is given while anything is left, and may take
 * more than that. Without a limit until one is set. Thread-safe.
 */
public final class ModelReads {
  private final LongSupplier nanoTime;
  private Bucket bucket;
  private double consumed;
  private double refused;
  private long calls;

  ModelReads(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.bucket = new Bucket(Double.POSITIVE_INFINITY, 1, nanoTime);
  }

  /** From now on so many units a second, kept for so many seconds where they are not used. */
  public synchronized void limit(double unitsPerSecond, double savedSeconds) {
    bucket = new Bucket(unitsPerSecond, savedSeconds, nanoTime);
  }

  /** Takes what a page costs, or refuses it. */
  synchronized void take(double units) throws ServiceError {
    calls++;
    if (!bucket.hasAny()) {
      refused += units;
      throw new ServiceError(
          "ProvisionedThroughputExceededException", "The level of configured throughput");
    }
    bucket.take(units);
    consumed += units;
  }

  /** Read units a second; infinite for no limit. */
  public synchronized double rate() {
    return bucket.rate();
  }

  /** Read units that were given since the start. */
  public synchronized double consumed() {
    return consumed;
  }

  /** Read units that were refused since the start, as often as they were asked for. */
  public synchronized double refused() {
    return refused;
  }

  /** Pages that were asked for. */
  public synchronized long calls() {
    return calls;
  }
}
