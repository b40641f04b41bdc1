package io.dynaload.source.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * How often what failed is tried again: at once the first time, because a server cuts connections
 * that were idle, then after pauses that double up to 10 s, with jitter. It gives up once the
 * failures have lasted for a minute. Immutable and thread-safe.
 */
final class Retry {
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);
  private static final int LEAST_FAILURES = 3;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

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

  /** Failures that follow one another without a success between them. Not thread-safe. */
  final class Streak {
    private final String what;
    private int failures;
    private long since;

    private Streak(String what) {
      this.what = what;
    }

    void succeeded() {
      failures = 0;
    }

    /** Waits until it is time to try again, or throws if it is no longer worth it. */
    void failed(Exception failure) throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted();
      }
      long now = nanoTime.getAsLong();
      since = failures == 0 ? now : since;
      failures++;
      if (failures >= LEAST_FAILURES && now - since >= GIVE_UP_AFTER.toNanos()) {
        throw new IOException(
            what + " failed " + failures + " times, at last with: " + failure.getMessage(),
            failure);
      }
      try {
        pause.millis(pauseAfter(failures));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted();
      }
    }

    private InterruptedIOException interrupted() {
      return new InterruptedIOException(what + " was given up");
    }
  }

  /**
   * @param what for the message of the IOException
   */
  Streak streak(String what) {
    return new Streak(what);
  }

  /** Between a half and the whole of 0.25 s, 0.5 s, 1 s, …; nothing after the first failure. */
  private static long pauseAfter(int failures) {
    if (failures == 1) {
      return 0;
    }
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 2, 10));
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }
}
