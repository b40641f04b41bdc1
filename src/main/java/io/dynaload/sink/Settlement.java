package io.dynaload.sink;

import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.sink.BatchWriter.Calls;
import io.dynaload.wire.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Deals with what calls led to: counts what was written, puts the budget right, and lets the rest
 * wait for another call or rejects it. Used by the task thread only.
 */
final class Settlement {
  private final WriteBuffer buffer;
  private final Calls calls;
  private final WriterMetrics metrics;
  private final Retries retries;

  Settlement(WriteBuffer buffer, Calls calls, WriterMetrics metrics, Retries retries) {
    this.buffer = buffer;
    this.calls = calls;
    this.metrics = metrics;
    this.retries = retries;
  }

  /**
   * @param units that were taken from the budget for the call
   * @throws io.dynaload.error.ImportException if the run is to end
   */
  void answered(List<Slot> batch, long units, Answer answer) {
    if (answer instanceof Answer.Taken taken) {
      taken(batch, units, taken);
    } else if (answer instanceof Answer.LeftAlone left) {
      leftAlone(batch, units, left);
    } else if (answer instanceof Answer.Failed failed) {
      failed(batch, units, failed.failure());
    }
  }

  private void leftAlone(List<Slot> batch, long units, Answer.LeftAlone left) {
    metrics.count(Count.WRITE_UNITS, Math.round(left.writeUnits()));
    metrics.count(Count.SKIPPED, batch.size());
    metrics.wrote(0, left.writeUnits());
    calls.budget().settle(units, left.writeUnits());
    calls.outages().succeeded();
    batch.forEach(buffer::settle);
  }

  private void taken(List<Slot> batch, long units, Answer.Taken taken) {
    metrics.count(Count.WRITE_UNITS, Math.round(taken.writeUnits()));
    if (!isOf(batch, taken.unprocessed())) {
      // One of the batch was left undone, and which one is not known: none counts as written.
      failed(batch, units, Failure.garbled("UnprocessedItems that were not sent"));
      return;
    }
    List<Slot> unprocessed = new ArrayList<>(taken.unprocessed().size());
    long undone = 0;
    long written = 0;
    long deleted = 0;
    long superseded = 0;
    long bytes = 0;
    for (Slot slot : batch) {
      Item item = slot.sent();
      if (!taken.unprocessed().isEmpty() && taken.unprocessed().contains(slot.key())) {
        unprocessed.add(slot);
        undone += item.writeUnits();
        continue;
      }
      bytes += item.size();
      switch (item.kind()) {
        case PUT -> written++;
        case DELETE -> deleted++;
        case REJECTED -> throw new IllegalStateException("Sent, though rejected: " + item);
      }
      superseded += buffer.settle(slot);
    }
    metrics.count(Count.WRITTEN, written);
    metrics.count(Count.DELETED, deleted);
    metrics.count(Count.SUPERSEDED, superseded);
    metrics.count(Count.BYTES, bytes);
    metrics.wrote(units - undone, taken.writeUnits());
    settle(units - undone, undone, taken.writeUnits());
    if (written + deleted > 0) {
      calls.outages().succeeded();
    }
    if (!unprocessed.isEmpty()) {
      throttled(unprocessed, undone, Failure.UNPROCESSED);
      retries.later(unprocessed, Failure.UNPROCESSED);
    }
  }

  private void settle(long done, long undone, double consumed) {
    if (undone > 0) {
      calls.budget().settle(undone, 0);
    }
    if (consumed > 0) {
      calls.budget().settle(done, consumed);
    } else if (done > 0) {
      calls.budget().unsettled(done); // Nothing is written for nothing: the answer does not say.
    }
  }

  private static boolean isOf(List<Slot> batch, Set<?> unprocessed) {
    return unprocessed.isEmpty()
        || batch.stream().filter(slot -> unprocessed.contains(slot.key())).count()
            == unprocessed.size();
  }

  private void failed(List<Slot> batch, long units, Failure failure) {
    switch (failure.kind()) {
      case THROTTLED -> {
        calls.budget().settle(units, 0);
        throttled(batch, units, failure);
        retries.later(batch, failure);
      }
      case INVALID -> {
        calls.budget().settle(units, 0);
        refused(batch, failure);
      }
      case RETRYABLE, FATAL -> {
        calls.budget().unsettled(units); // It may have been written nevertheless.
        calls.outages().failed(failure);
        retries.later(batch, failure);
      }
    }
  }

  private void throttled(List<Slot> batch, long units, Failure failure) {
    metrics.count(Count.THROTTLED, batch.size());
    calls.budget().throttled(units);
    calls.outages().failed(failure);
  }

  /** One item is enough for a whole batch to be refused, and the answer does not say which. */
  private void refused(List<Slot> batch, Failure failure) {
    if (batch.size() > 1) {
      buffer.halve(batch);
      return;
    }
    Slot slot = batch.get(0);
    Item item = slot.sent();
    buffer.refuse(slot);
    calls.outages().succeeded();
    calls.rejects().reject(item, failure.code(), failure.message());
  }
}
