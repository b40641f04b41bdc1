package io.dynaload.sink;

import io.dynaload.wire.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches how calls end. Tells the log once when calls begin to fail, with the first failure, and
 * once when none has failed for a while, however many there were; throttles and other failures are
 * told apart. Ends the run when no item has been settled for too long, or at once for what would
 * fail again. Used by the task thread only.
 */
final class Outages {
  /** Without a failure for so long, a bad time is over. */
  static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final long giveUpNanos;
  private final TargetErrors errors;
  private final TaskThread thread;
  private final Consumer<String> log;
  private final Spell throttled = new Spell("throttled");
  private final Spell failing = new Spell("failing");

  private boolean withoutSuccess;
  private long withoutSuccessSince;

  Outages(Duration giveUpAfter, TargetErrors errors, TaskThread thread, Consumer<String> log) {
    this.giveUpNanos = giveUpAfter.toNanos();
    this.errors = errors;
    this.thread = thread;
    this.log = log;
  }

  /** An item was written, or is settled otherwise. */
  void succeeded() {
    withoutSuccess = false;
    if (throttled.on || failing.on) {
      long now = thread.nanoTime();
      throttled.endIfQuiet(now);
      failing.endIfQuiet(now);
    }
  }

  /**
   * A call failed, or left items undone; it returns if that is worth another try.
   *
   * @throws io.dynaload.error.ImportException if it is not, or no longer
   */
  void failed(Failure failure) {
    if (failure.kind() == Failure.Kind.FATAL) {
      throw errors.failed(failure);
    }
    long now = thread.nanoTime();
    (failure.kind() == Failure.Kind.THROTTLED ? throttled : failing).add(now, failure);
    if (!withoutSuccess) {
      withoutSuccess = true;
      withoutSuccessSince = now;
    } else if (now - withoutSuccessSince >= giveUpNanos) {
      throw errors.outage(Duration.ofNanos(now - withoutSuccessSince), failure);
    }
  }

  /** A time with failures of one sort, never far apart. */
  private final class Spell {
    private final String name;
    private boolean on;
    private long since;
    private long last;
    private long calls;

    Spell(String name) {
      this.name = name;
    }

    void add(long now, Failure failure) {
      if (!on) {
        on = true;
        since = now;
        calls = 0;
        log.accept(
            errors.table()
                + ": calls are "
                + name
                + " and will be sent again, the first with "
                + failure);
      }
      last = now;
      calls++;
    }

    void endIfQuiet(long now) {
      if (on && now - last >= QUIET_NANOS) {
        on = false;
        log.accept(
            errors.table()
                + ": calls are no longer "
                + name
                + "; "
                + calls
                + " were, within "
                + TimeUnit.NANOSECONDS.toSeconds(last - since)
                + " s");
      }
    }
  }
}
