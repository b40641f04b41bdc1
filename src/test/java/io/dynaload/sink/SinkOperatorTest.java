package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.LeaseRequest.Tally;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import org.junit.jupiter.api.Test;

class SinkOperatorTest {
  /** A percentage of the error budget is of them. */
  @Test
  void whateverBecameOfAnItemItCountsAsSeen() {
    Counts counts = new Counts(Count.values());
    counts.add(Count.WRITTEN, 1);
    counts.add(Count.DELETED, 10);
    counts.add(Count.SUPERSEDED, 100);
    counts.add(Count.SKIPPED, 1_000);
    counts.add(Count.REJECTED, 10_000);
    counts.add(Count.RETRIED, 5);

    assertThat(SinkOperator.tally(counts)).isEqualTo(new Tally(10_000, 11_111));
  }
}
