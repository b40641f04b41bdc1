package io.dynaload.sink;

import io.dynaload.error.ImportException;
import io.dynaload.sink.capacity.TableCapacity;
import io.dynaload.sink.capacity.WriteCapacity;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at what is asked for and what the table has, and passes it on. What cannot
 * be seen leaves things as they are, with one warning for each bad time; but if nothing at all can
 * be seen for {@link #FIRST_LOOK_NANOS}, the job fails, for it could not write anything.
 *
 * <p>Lives in one thread, that may wait.
 */
final class CapacityWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CapacityWatch.class);

  static final long FIRST_LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final CapacityProbe probe;
  private final long pauseNanos;
  private final Listener listener;
  private final CoordinatorThreads threads;

  private @Nullable Seen last;
  private boolean failing;
  private long startedAt;

  /** Takes what was seen. Thread-safe. */
  interface Listener {
    void observe(WriteCapacity asked, TableCapacity table);
  }

  /** What was asked for, read from its file if it stands in one, and the table. */
  record Seen(WriteCapacity asked, TableCapacity table) {}

  CapacityWatch(DynamoDbSinkConfig config, Listener listener, CoordinatorThreads threads) {
    this.probe = new CapacityProbe(config);
    this.pauseNanos = config.capacity().refresh().toNanos();
    this.listener = listener;
    this.threads = threads;
  }

  /** Begins at once. What needs no look is in force when this returns. */
  void start() {
    startedAt = threads.nanoTime();
    if (probe.hasNothingToLookAt()) {
      pass(probe.look());
    } else {
      threads.scheduleWaiting(0, this::look);
    }
  }

  private void look() {
    try {
      pass(probe.look());
      failing = false;
    } catch (ImportException e) {
      failed(e);
    }
    threads.scheduleWaiting(last == null ? SECOND : pauseNanos, this::look);
  }

  private void failed(ImportException e) {
    if (last == null && threads.nanoTime() - startedAt > FIRST_LOOK_NANOS) {
      throw e;
    }
    if (!failing) {
      failing = true;
      LOG.warn(
          "The write capacity cannot be looked up; {}: {}",
          last == null ? "nothing is written until it can" : "it stays as it is",
          e.problem());
    }
  }

  private void pass(Seen seen) {
    if (!seen.equals(last)) {
      LOG.info("write-capacity is {}, {}", seen.asked(), seen.table());
      last = seen;
      listener.observe(seen.asked(), seen.table());
    }
  }
}
