package io.dynaload.capacity;

import io.dynaload.error.ImportException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at what is asked for and what the table has, and passes it on. What cannot
 * be seen leaves things as they are, with one warning for each bad time; but if nothing at all can
 * be seen for {@link #FIRST_LOOK_NANOS}, the job fails, for it has no capacity to work with.
 *
 * <p>Lives in one thread, that may wait.
 */
public final class CapacityWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CapacityWatch.class);

  static final long FIRST_LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final CapacityProbe probe;
  private final long pauseNanos;
  private final Listener listener;
  private final Alarm alarm;

  private CapacityProbe.@Nullable Seen last;
  private boolean failing;
  private boolean begun;
  private long begunAt;

  /** Takes what was seen. Thread-safe. */
  public interface Listener {
    void observe(AskedCapacity asked, TableCapacity table);
  }

  /**
   * @param refresh how often it looks
   */
  public CapacityWatch(
      CapacityProbe probe, Duration refresh, Listener listener, CoordinatorThreads threads) {
    this(probe, refresh, listener, threads.waiting());
  }

  /**
   * @param alarm whose actions may wait
   */
  CapacityWatch(CapacityProbe probe, Duration refresh, Listener listener, Alarm alarm) {
    this.probe = probe;
    this.pauseNanos = refresh.toNanos();
    this.listener = listener;
    this.alarm = alarm;
  }

  /** Begins at once. What needs no look is in force when this returns. */
  public void start() {
    if (probe.hasNothingToLookAt()) {
      pass(probe.look());
    } else {
      alarm.schedule(0, this::look);
    }
  }

  private void look() {
    if (!begun) {
      // Not before: the looks of other watches may have kept the thread.
      begun = true;
      begunAt = alarm.nanoTime();
    }
    try {
      pass(probe.look());
      failing = false;
    } catch (ImportException e) {
      failed(e);
    }
    alarm.schedule(last == null ? SECOND : pauseNanos, this::look);
  }

  private void failed(ImportException e) {
    if (last == null && alarm.nanoTime() - begunAt > FIRST_LOOK_NANOS) {
      throw e;
    }
    if (!failing) {
      failing = true;
      LOG.warn(
          "{} cannot be looked up; {}: {}",
          probe.key(),
          last == null ? "nothing is done until it can" : "it stays as it is",
          e.problem());
    }
  }

  private void pass(CapacityProbe.Seen seen) {
    if (!seen.equals(last)) {
      LOG.info("{} is {}, {}", probe.key(), seen.asked(), seen.table());
      last = seen;
      listener.observe(seen.asked(), seen.table());
    }
  }
}
