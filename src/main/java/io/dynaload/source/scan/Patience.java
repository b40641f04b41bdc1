package io.dynaload.source.scan;

import io.dynaload.capacity.ActionThread;
import io.dynaload.wire.Failure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how long what fails is tried again: at once no more for what would fail again, and else
 * until it has been tried for {@link #GIVE_UP_AFTER} without a page; Flink's restart strategy
 * decides then. What counts is the time that calls and the pauses between them take: not that in
 * which the read capacity has nothing to give. The log is told when calls begin to fail, and when
 * they succeed again. Not thread-safe.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  static final Duration GIVE_UP_AFTER = Duration.ofMinutes(5);

  /** Throttles that come and go are no news. */
  private static final Duration WORTH_A_WORD = Duration.ofSeconds(10);

  private final ScanErrors errors;
  private final String table;
  private final ActionThread thread;
  private boolean told;
  private long triedNanos;

  /** Up to when it has been counted. */
  private long countedUntil;

  Patience(ScanErrors errors, String table, ActionThread thread) {
    this.errors = errors;
    this.table = table;
    this.thread = thread;
    this.countedUntil = thread.nanoTime();
  }

  void succeeded() {
    triedNanos = 0;
    countedUntil = thread.nanoTime();
    if (told) {
      told = false;
      LOG.info("{} is read again", table);
    }
  }

  /**
   * A call failed; it returns if that is worth another try.
   *
   * @param spent nanoseconds on it up to now, with the pause before it
   * @throws io.dynaload.error.ImportException if it is not
   * @throws io.dynaload.error.OutageException if it is no longer
   */
  void failed(Failure failure, long spent) {
    if (failure.kind() == Failure.Kind.FATAL || failure.kind() == Failure.Kind.INVALID) {
      throw errors.failed(failure);
    }
    long now = thread.nanoTime();
    // Calls overlap: what another one has counted already is no longer for this.
    triedNanos += Math.min(spent, now - countedUntil);
    countedUntil = now;
    Duration lasted = Duration.ofNanos(triedNanos);
    if (lasted.compareTo(GIVE_UP_AFTER) >= 0) {
      throw errors.outage(lasted, failure);
    }
    if (!told && lasted.compareTo(WORTH_A_WORD) >= 0) {
      told = true;
      LOG.warn("{}: nothing can be read for {} s: {}", table, lasted.toSeconds(), failure);
    }
  }
}
