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

  /** So many failures that the bound grows no more. */
  public static final int MANY = DOUBLINGS + 1;

  private final RandomGenerator random;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param failures in a row, at least 1
   * @return nanoseconds to wait
   */
  public long nanos(int failures) {
    return nanos(failures, LONGEST_NANOS);
  }

  /**
   * @param failures in a row, at least 1
   * @param longest a bound of its own, nanoseconds
   * @return nanoseconds to wait
   */
  public long nanos(int failures, long longest) {
    long bound = FIRST_NANOS << Math.min(failures - 1, DOUBLINGS);
    return 1 + random.nextLong(Math.min(bound, Math.min(longest, LONGEST_NANOS)));
  }
}
