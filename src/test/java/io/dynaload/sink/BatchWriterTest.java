package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import org.junit.jupiter.api.Test;

class BatchWriterTest extends BatchWriterFixture {
  @Test
  void aFullBatchLeavesAtOnce() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    thread.runUntil(MILLI);

    write(writer, 0, 25);

    assertThat(service.calls()).singleElement().satisfies(c -> assertThat(c.items()).hasSize(25));
  }

  @Test
  void anUnfilledBatchLeavesAfterTheLinger() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    write(writer, 0, 3);

    thread.runUntil(99 * MILLI);
    assertThat(service.calls()).isEmpty();
    thread.runUntil(101 * MILLI);

    assertThat(service.calls()).singleElement().satisfies(c -> assertThat(c.items()).hasSize(3));
  }

  @Test
  void severalBatchesAreInFlightButNoMoreThanAllowed() throws Exception {
    BatchWriter writer = writer(UNLIMITED, 3);

    write(writer, 0, 1000);
    writer.drain();

    assertThat(service.mostInFlight()).isEqualTo(3);
    assertThat(service.table()).hasSize(1000);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(1000);
    assertThat(counts.get(Count.WRITE_UNITS)).isEqualTo(1000);
    assertThat(counts.get(Count.BYTES)).isEqualTo(30_000);
  }

  @Test
  void aBatchStaysWithinTheServicesBytes() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    String large = "x".repeat(3 << 20);
    for (int id = 0; id < 10; id++) {
      write(writer, TestItems.item(id, large));
    }
    writer.drain();

    assertThat(service.calls())
        .allSatisfy(
            call ->
                assertThat(call.items().stream().mapToLong(i -> i.json().length).sum())
                    .isLessThan(16 << 20));
    assertThat(service.table()).hasSize(10);
  }

  @Test
  void deletesAreCountedAsSuch() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    write(writer, TestItems.item(1, "v"));
    write(writer, TestItems.delete(1));
    write(writer, TestItems.delete(2));
    writer.drain();

    assertThat(counts.get(Count.DELETED)).isEqualTo(2);
    assertThat(counts.get(Count.SUPERSEDED)).isEqualTo(1);
    assertThat(counts.get(Count.WRITTEN)).isZero();
  }
}
