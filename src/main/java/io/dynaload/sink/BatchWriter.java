package io.dynaload.sink;

import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Writes items in batches, several at a time, within a budget. When {@link #drain} returns, all
 * that was given to {@link #write} before is in the table or was replaced by a newer version of its
 * key, and is counted once, as the one or the other. Of each key the version that was written last
 * is the one that stays.
 *
 * <p>A call that fails is sent again after a {@link Backoff}; throttles for as long as it takes,
 * other failures until {@link #GIVE_UP_NANOS} have passed with nothing else, and then it throws an
 * {@link io.dynaload.error.OutageException}. An invalid item and a final failure end the run with
 * an {@link io.dynaload.error.ImportException}.
 *
 * <p>Lives in its {@link TaskThread} alone: it has no locks, and waits by yielding to the actions
 * of that thread, some of which are its own.
 *
 * <p>One gap is DynamoDB's: a call whose answer was lost may still take effect later. It is sent
 * again, so only a call that the service delays beyond the timeout could undo a newer version.
 */
final class BatchWriter {
  static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(15);

  private final WriteBuffer buffer;
  private final Limits limits;
  private final Calls calls;
  private final TaskThread thread;
  private final Counts counts;

  private int inFlight;

  /** Ready items that have waited long enough to leave in a batch that is not full. */
  private int due;

  private boolean lingering;
  private boolean outOfBudget;
  private boolean urgent;
  private long failingSince;
  private boolean failing;

  /** What a writer sends with. */
  record Calls(
      BatchService service, Budget budget, Backoff backoff, TargetErrors errors, Rejects rejects) {}

  BatchWriter(Limits limits, Calls calls, TaskThread thread, Counts counts) {
    this.limits = limits;
    this.calls = calls;
    this.thread = thread;
    this.counts = counts;
    this.buffer = new WriteBuffer(limits);
  }

  /** Takes an item over; waits while the buffer is full. */
  void write(CanonicalKey key, Item item) throws InterruptedException {
    if (buffer.isFull()) {
      waitForRoom();
    }
    if (buffer.add(key, item)) {
      counts.add(Count.SUPERSEDED, 1);
    }
    if (buffer.ready() >= Limits.BATCH_ITEMS) {
      send();
    } else {
      linger();
    }
  }

  /** Waits until nothing is buffered or in flight. */
  void drain() throws InterruptedException {
    urgent = true;
    while (!buffer.isEmpty()) {
      send();
      thread.yield();
    }
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
      call(buffer.take(next));
    }
    linger();
  }

  private boolean hasBatch() {
    int ready = buffer.ready();
    return ready >= Limits.BATCH_ITEMS || (ready > 0 && (urgent || due > 0));
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

  private void call(List<Slot> batch) {
    inFlight++;
    due = Math.max(0, due - batch.size());
    List<Item> items = new ArrayList<>(batch.size());
    int retried = 0;
    for (Slot slot : batch) {
      items.add(slot.sent());
      retried += slot.isRetry() ? 1 : 0;
    }
    if (retried > 0) {
      counts.add(Count.RETRIED, retried);
    }
    calls.service().call(items, answer -> thread.execute(() -> answered(batch, answer)));
  }

  private void answered(List<Slot> batch, Answer answer) {
    inFlight--;
    if (answer instanceof Answer.Taken taken) {
      taken(batch, taken);
    } else if (answer instanceof Answer.Failed failed) {
      failed(batch, failed.failure());
    }
    send();
  }

  private void taken(List<Slot> batch, Answer.Taken taken) {
    counts.add(Count.WRITE_UNITS, taken.writeUnits());
    if (!isOf(batch, taken.unprocessed())) {
      // One of the batch was left undone, and which one is not known: none counts as written.
      failed(batch, Failure.garbled("UnprocessedItems that were not sent"));
      return;
    }
    List<Slot> unprocessed = new ArrayList<>(taken.unprocessed().size());
    long written = 0;
    long deleted = 0;
    long bytes = 0;
    for (Slot slot : batch) {
      if (!taken.unprocessed().isEmpty() && taken.unprocessed().contains(slot.key())) {
        unprocessed.add(slot);
        continue;
      }
      Item item = slot.sent();
      bytes += item.size();
      switch (item.kind()) {
        case PUT -> written++;
        case DELETE -> deleted++;
        case REJECTED -> throw new IllegalStateException("Sent, though rejected: " + item);
      }
      buffer.succeed(slot);
    }
    counts.add(Count.WRITTEN, written);
    counts.add(Count.DELETED, deleted);
    counts.add(Count.BYTES, bytes);
    failing = false;
    if (!unprocessed.isEmpty()) {
      counts.add(Count.THROTTLED, unprocessed.size());
      retryLater(unprocessed);
    }
  }

  private static boolean isOf(List<Slot> batch, Set<CanonicalKey> unprocessed) {
    return unprocessed.isEmpty()
        || batch.stream().filter(slot -> unprocessed.contains(slot.key())).count()
            == unprocessed.size();
  }

  private void failed(List<Slot> batch, Failure failure) {
    switch (failure.kind()) {
      case THROTTLED -> {
        failing = false; // The service is there.
        counts.add(Count.THROTTLED, batch.size());
      }
      case RETRYABLE -> giveUpAfterLong(failure);
      case INVALID ->
          throw calls.errors().rejected(batch.stream().map(Slot::sent).toList(), failure);
      case FATAL -> throw calls.errors().failed(failure);
    }
    retryLater(batch);
  }

  /** One wait for all of them, so that they stay a batch. */
  private void retryLater(List<Slot> batch) {
    int failures = 0;
    for (Slot slot : batch) {
      if (buffer.fail(slot)) {
        counts.add(Count.SUPERSEDED, 1);
      }
      failures = Math.max(failures, slot.failures());
    }
    thread.schedule(calls.backoff().nanos(failures), () -> retry(batch));
  }

  private void retry(List<Slot> batch) {
    batch.forEach(buffer::retry);
    due += batch.size();
    send();
  }

  private void giveUpAfterLong(Failure failure) {
    long now = thread.nanoTime();
    if (!failing) {
      failing = true;
      failingSince = now;
    } else if (now - failingSince > GIVE_UP_NANOS) {
      throw calls.errors().outage(TimeUnit.NANOSECONDS.toMinutes(now - failingSince), failure);
    }
  }
}
