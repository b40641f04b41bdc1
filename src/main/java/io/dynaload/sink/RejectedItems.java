package io.dynaload.sink;

import io.dynaload.deadletter.DeadLetterWriter;
import io.dynaload.item.Item;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.metrics.RejectedByCode;

/**
 * Puts what cannot be written into the dead letters and counts it, whichever stage rejected it.
 * Used by the task thread only.
 */
final class RejectedItems implements Rejects {
  private final DeadLetterWriter letters;
  private final Counts counts;
  private final RejectedByCode byCode;

  RejectedItems(DeadLetterWriter letters, Counts counts, RejectedByCode byCode) {
    this.letters = letters;
    this.counts = counts;
    this.byCode = byCode;
  }

  @Override
  public void reject(Item item, String code, String reason) {
    take(item.rejected(Stage.SINK, code, reason));
  }

  /** Takes over an item that was rejected before it came here. */
  void take(Item rejected) {
    letters.write(rejected);
    counts.add(Count.REJECTED, 1);
    byCode.add(rejected.rejection().code(), 1);
  }

  /** Makes sure that all that was taken over stays; before the counts go into a checkpoint. */
  void flush() {
    letters.flush();
  }

  /** Writes what is left, if it can; does not throw. */
  void close() {
    letters.close();
  }
}
