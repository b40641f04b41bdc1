package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchWriterRefusalsTest extends BatchWriterFixture {
  @ParameterizedTest
  @CsvSource({"1000, 4", "20, 1"})
  void refusedItemsAreFoundAndTheOthersWritten(double rate, int inFlight) throws Exception {
    BatchWriter writer = writer(rate, inFlight);
    Set<Long> bad = Set.of(3L, 4L, 17L, 60L);
    service.refusing(item -> bad.contains(item.origin().position()));
    write(writer, 0, 100);
    writer.drain();

    assertThat(rejected).containsOnlyKeys(bad);
    assertThat(rejected).containsValue("ValidationException: too large");
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(96);
    assertThat(service.table()).hasSize(96);
    assertThat(service.mostInFlight()).isLessThanOrEqualTo(inFlight);
    assertThat(budget.outstanding()).isZero();
    assertThat(budget.settled()).isEqualTo(96);
  }

  @Test
  void aFaultOfTheWholeBatchRejectsEachItemOnce() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.refusing(item -> true);
    write(writer, 0, 60);
    writer.drain();

    assertThat(rejected).hasSize(60);
    assertThat(service.calls()).hasSizeLessThanOrEqualTo(2 * 60);
    assertThat(counts.get(Count.WRITTEN)).isZero();
  }
}
