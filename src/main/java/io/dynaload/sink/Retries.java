package io.dynaload.sink;

import io.dynaload.wire.Backoff;
import io.dynaload.wire.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The calls that failed and are to be sent again: their items are parked until the end of a {@link
 * Backoff}, one for all of them, so that they stay a batch. Used by the task thread only.
 *
 * <p>While a checkpoint waits for them, what was throttled waits for less: for about as long as the
 * partitions need that refused it, however often they did.
 */
final class Retries {
  /**
   * A call without an answer may still be on its way to take effect. It gets a moment for that, so
   * that a newer version of a key comes after it.
   */
  static final long UNANSWERED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LEAST_HURRIED_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final WriteBuffer buffer;
  private final Backoff backoff;
  private final TaskThread thread;
  private final IntConsumer whenReady;
  private final Set<Parked> waiting = new HashSet<>();
  private boolean hurried;

  /** A batch that waits; each is equal to itself alone. */
  private static final class Parked {
    private final List<Slot> batch;
    private final boolean throttled;

    Parked(List<Slot> batch, boolean throttled) {
      this.batch = batch;
      this.throttled = throttled;
    }
  }

  /**
   * @param whenReady told how many items are to be sent again now
   */
  Retries(WriteBuffer buffer, Backoff backoff, TaskThread thread, IntConsumer whenReady) {
    this.buffer = buffer;
    this.backoff = backoff;
    this.thread = thread;
    this.whenReady = whenReady;
  }

  /** Parks a batch whose call failed, and has it sent again later. */
  void later(List<Slot> batch, Failure failure) {
    int failures = 0;
    for (Slot slot : batch) {
      buffer.park(slot);
      failures = Math.max(failures, slot.failures());
    }
    Parked parked = new Parked(batch, failure.kind() == Failure.Kind.THROTTLED);
    waiting.add(parked);
    if (!parked.throttled) {
      end(parked, UNANSWERED_NANOS + backoff.nanos(failures));
    } else if (hurried) {
      end(parked, backoff.nanos(failures, hurriedNanos()));
    } else {
      end(parked, backoff.nanos(failures));
    }
  }

  /** Whether all that wait are waited for. Cuts the waits short that have begun already. */
  void hurry(boolean isWaitedFor) {
    if (isWaitedFor && !hurried) {
      long longest = hurriedNanos();
      for (Parked parked : waiting) {
        if (parked.throttled) {
          end(parked, backoff.nanos(Backoff.MANY, longest));
        }
      }
    }
    hurried = isWaitedFor;
  }

  /** Waits are half as long as their bounds, so all is sent once in the time that it takes. */
  private long hurriedNanos() {
    return Math.max(LEAST_HURRIED_NANOS, 2 * buffer.parkedNanos());
  }

  /** Ends a wait, unless another timer has ended it before. */
  private void end(Parked parked, long nanos) {
    thread.schedule(
        nanos,
        () -> {
          if (waiting.remove(parked)) {
            parked.batch.forEach(buffer::retry);
            whenReady.accept(parked.batch.size());
          }
        });
  }
}
