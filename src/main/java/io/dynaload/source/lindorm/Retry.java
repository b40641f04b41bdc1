package io.dynaload.source.lindorm;

import io.dynaload.error.ImportException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Repeats what failed on a connection: at once the first time, because Lindorm cuts idle
 * connections, then after pauses that double, with jitter. Gives up after 8 failures in a row or
 * when they have lasted a minute, with an IOException, so that the job's restart strategy decides.
 * An ImportException passes at once.
 */
final class Retry {
  private static final int MOST_FAILURES = 8;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final long FIRST_PAUSE_MILLIS = 500;

  /** What is tried; on failure it throws the driver's checked or unchecked exception. */
  interface Attempt<T> {
    T run() throws SQLException;
  }

  /** How to wait; a test need not. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  private final Pause pause;
  private final LongSupplier nanoTime;

  Retry() {
    this(Thread::sleep, System::nanoTime);
  }

  Retry(Pause pause, LongSupplier nanoTime) {
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /**
   * @param what for the message of the IOException
   * @param reset run after every failure
   */
  <T> T call(String what, Attempt<T> attempt, Runnable reset)
      throws IOException, InterruptedException {
    long firstFailure = 0;
    for (int failures = 1; ; failures++) {
      try {
        return attempt.run();
      } catch (ImportException e) {
        reset.run();
        throw e;
      } catch (SQLException | RuntimeException e) {
        reset.run();
        long now = nanoTime.getAsLong();
        firstFailure = failures == 1 ? now : firstFailure;
        if (failures == MOST_FAILURES || now - firstFailure > LONGEST.toNanos()) {
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
    long longest = FIRST_PAUSE_MILLIS << (failures - 2);
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }
}
