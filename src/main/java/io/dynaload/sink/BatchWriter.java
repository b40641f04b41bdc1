package io.dynaload.sink;

import io.dynaload.capacity.Budget;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.wire.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes items in batches, several at a time, within a budget. When {@link #drain} returns, all
 * that was given to {@link #write} before is in the table, was replaced by a newer version of its
 * key that is, gave way to what the table holds, or was rejected, and is counted once, as the one
 * or the other. Of each key the last version that was not rejected is the one that stays.
 *
 * <p>A call that fails is sent again after a {@link Backoff}, until {@link Outages} end the run
 * with an {@link io.dynaload.error.ImportException}. Meanwhile its items stand aside, and other
 * keys pass them. A call that is refused as invalid is halved until the items to blame are found;
 * these go to the {@link Rejects}.
 *
 * <p>Lives in its {@link TaskThread} alone: it has no locks, and waits by yielding to the actions
 * of that thread, some of which are its own.
 *
 * <p>One gap is DynamoDB's: a call whose answer was lost may still take effect later. Nothing of
 * its keys is sent for a moment ({@link Retries}), so only a call that the service holds back for
 * longer than that after the connection was lost could undo a newer version.
 */
final class BatchWriter {
  static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final WriteBuffer buffer;
  private final Limits limits;
  private final Calls calls;
  private final TaskThread thread;
  private final WriterMetrics metrics;
  private final Retries retries;
  private final Settlement settlement;

  private int inFlight;

  /** Ready items that have waited long enough to leave in a batch that is not full. */
  private int due;

  private boolean lingering;
  private boolean outOfBudget;
  private boolean urgent;

  /** What a writer sends with. */
  record Calls(
      BatchService service, Budget budget, Backoff backoff, Outages outages, Rejects rejects) {}

  BatchWriter(Limits limits, Calls calls, TaskThread thread, Counts counts) {
    this.limits = limits;
    this.calls = calls;
    this.thread = thread;
    this.metrics = new WriterMetrics(counts);
    this.buffer = new WriteBuffer(limits);
    this.retries = new Retries(buffer, calls.backoff(), thread, this::readyAgain);
    this.settlement = new Settlement(buffer, calls, metrics, retries);
  }

  WriterMetrics metrics() {
    return metrics;
  }

  /** Takes an item over; waits while the buffer is full. */
  void write(CanonicalKey key, Item item) throws InterruptedException {
    if (buffer.isFull()) {
      waitForRoom();
    }
    buffer.add(key, item);
    if (buffer.ready() >= limits.batchItems()) {
      send();
    } else {
      linger();
    }
  }

  /** Waits until nothing is buffered or in flight. */
  void drain() throws InterruptedException {
    urgent = true;
    retries.hurry(true);
    while (!buffer.isEmpty()) {
      send();
      thread.yield();
    }
    retries.hurry(false);
    urgent = false;
  }

  boolean isEmpty() {
    return buffer.isEmpty();
  }

  private void waitForRoom() throws InterruptedException {
    urgent = true;
    send();
    while (buffer.isFull()) {
      thread.yield();
    }
    urgent = false;
  }

  /** Sends what may be sent; each reason for which it stops starts it again when it has passed. */
  private void send() {
    while (inFlight < limits.inFlight() && hasBatch() && !outOfBudget) {
      WriteBuffer.Next next = buffer.next();
      if (!calls.budget().tryTake(next.units(), this::budgetRefilled)) {
        outOfBudget = true;
        return;
      }
      int ready = buffer.ready();
      List<Slot> batch = buffer.take(next);
      due = Math.max(0, due - (ready - buffer.ready()));
      call(batch, next.units());
    }
    linger();
  }

  private boolean hasBatch() {
    int ready = buffer.ready();
    return ready >= limits.batchItems()
        || (ready > 0 && (urgent || due > 0))
        || buffer.hasSuspects();
  }

  private void budgetRefilled() {
    outOfBudget = false;
    send();
  }

  /** Sees to it that what is ready leaves soon, even if its batch does not fill up. */
  private void linger() {
    if (!lingering && due == 0 && buffer.ready() > 0) {
      lingering = true;
      thread.schedule(LINGER_NANOS, this::lingered);
    }
  }

  private void lingered() {
    lingering = false;
    due = buffer.ready();
    send();
  }

  private void readyAgain(int items) {
    due += items;
    send();
  }

  private void call(List<Slot> batch, long units) {
    inFlight++;
    List<Item> items = new ArrayList<>(batch.size());
    int retried = 0;
    for (Slot slot : batch) {
      items.add(slot.sent());
      retried += slot.isRetry() ? 1 : 0;
    }
    metrics.count(Count.RETRIED, retried);
    metrics.called(items.size(), inFlight);
    long at = thread.nanoTime();
    calls.service().call(items, answer -> thread.execute(() -> answered(batch, units, at, answer)));
  }

  private void answered(List<Slot> batch, long units, long calledAt, Answer answer) {
    inFlight--;
    metrics.answered(thread.nanoTime() - calledAt, inFlight);
    settlement.answered(batch, units, answer);
    metrics.holds(buffer);
    send();
  }
}
