package io.dynaload.source.lindorm;

import io.dynaload.error.ImportException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Repeats what failed on a connection: at once the first time, because Lindorm cuts idle
 * connections, then after pauses that double up to 10 s, with jitter. Gives up once the failures
 * have lasted for as long as it was told, with an IOException, so that the job's restart strategy
 * decides. An ImportException passes at once, and so does an SQLTimeoutException: to repeat what
 * takes too long would take as long.
 */
final class Retry {
  private static final int LEAST_FAILURES = 3;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  /** What is tried; on failure it throws the driver's checked or unchecked exception. */
  interface Attempt<T> {
    T run() throws SQLException;
  }

  /** How to wait; a test need not. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  private final Duration giveUpAfter;
  private final Pause pause;
  private final LongSupplier nanoTime;

  Retry(Duration giveUpAfter) {
    this(giveUpAfter, Thread::sleep, System::nanoTime);
  }

  Retry(Duration giveUpAfter, Pause pause, LongSupplier nanoTime) {
    this.giveUpAfter = giveUpAfter;
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /**
   * @param what for the message of the IOException
   * @param reset run after every failure
   */
  <T> T call(String what, Attempt<T> attempt, Runnable reset)
      throws IOException, SQLTimeoutException, InterruptedException {
    long firstFailure = 0;
    for (int failures = 1; ; failures++) {
      try {
        return attempt.run();
      } catch (ImportException | SQLTimeoutException e) {
        reset.run();
        throw e;
      } catch (SQLException | RuntimeException e) {
        reset.run();
        if (Thread.interrupted()) {
          throw new InterruptedException(what + " was given up");
        }
        long now = nanoTime.getAsLong();
        firstFailure = failures == 1 ? now : firstFailure;
        if (failures >= LEAST_FAILURES && now - firstFailure >= giveUpAfter.toNanos()) {
          throw new IOException(
              what + " failed " + failures + " times, at last with: " + Failures.reason(e), e);
        }
        pause.millis(pauseAfter(failures));
      }
    }
  }

  /** Between a half and the whole of 0.5 s, 1 s, 2 s, …; nothing after the first failure. */
  private static long pauseAfter(int failures) {
    if (failures == 1) {
      return 0;
    }
    long doubled = FIRST_PAUSE_MILLIS << Math.min(failures - 2, 10);
    long longest = Math.min(LONGEST_PAUSE_MILLIS, doubled);
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }
}
