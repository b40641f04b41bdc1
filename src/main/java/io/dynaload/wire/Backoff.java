package io.dynaload.wire;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a uniformly random wait below a bound that doubles with
 * each failure in a row, so that subtasks that failed together do not come back together.
 */
public final class Backoff {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Short enough that a checkpoint, which waits for retries, is not held up for long. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int DOUBLINGS = 7;

  private final RandomGenerator random;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param failures in a row, at least 1
   * @return nanoseconds to wait
   */
  public long nanos(int failures) {
    long bound = FIRST_NANOS << Math.min(failures - 1, DOUBLINGS);
    return 1 + random.nextLong(Math.min(bound, LONGEST_NANOS));
  }
}
