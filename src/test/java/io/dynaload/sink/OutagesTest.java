package io.dynaload.sink;

import static io.dynaload.sink.ScriptedService.fails;
import static io.dynaload.sink.ScriptedService.leaves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.wire.Failure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutagesTest extends BatchWriterFixture {
  static Stream<Arguments> whatMayPass() {
    return Stream.of(
        Arguments.of(fails(SERVER_ERROR), "InternalServerError", "can be reached"),
        Arguments.of(fails(THROTTLE), "ProvisionedThroughputExceededException", "capacity"),
        Arguments.of(leaves(1), "UnprocessedItems: for want of capacity", "capacity"));
  }

  @ParameterizedTest
  @MethodSource("whatMayPass")
  void theRunEndsForGoodAfterAWhileWithoutOneSuccess(
      ScriptedService.Script script, String last, String remedy) throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(times(20_000, script));
    write(writer, 0, 1);

    assertThatThrownBy(writer::drain)
        .isInstanceOfSatisfying(
            ImportException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TARGET);
              assertThat(e.problem())
                  .isEqualTo(
                      "the table readings (us-west-2, http://127.0.0.1:1): no write has succeeded"
                          + " for 15 minutes; the last call failed with "
                          + last);
              assertThat(e.remedy()).contains(remedy, "--resume latest");
            });
    assertThat(thread.nanoTime()).isBetween(15 * 60 * SECOND, 16 * 60 * SECOND);
  }

  @Test
  void oneSuccessBeginsTheWaitAnew() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(times(200, fails(SERVER_ERROR)));
    service.then(leaves(1));
    service.then(times(200, fails(SERVER_ERROR)));
    write(writer, 0, 2);
    writer.drain();

    assertThat(thread.nanoTime()).isGreaterThan(15 * 60 * SECOND);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(2);
  }

  /** It is settled: nothing is left that waits for a success. */
  @Test
  void anItemThatIsRefusedEndsTheWaitToo() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(fails(SERVER_ERROR));
    service.refusing(item -> true);
    write(writer, 0, 1);
    writer.drain();
    assertThat(rejected).hasSize(1);

    thread.runUntil(3600 * SECOND); // nothing comes for an hour
    service.refusing(item -> false);
    service.then(fails(SERVER_ERROR));
    write(writer, 1, 2);
    writer.drain();
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(1);
  }

  @Test
  void aBadTimeIsToldWhenItBeginsAndWhenItIsOver() throws Exception {
    BatchWriter writer = writer(500);
    service.then(fails(THROTTLE), leaves(1), fails(SERVER_ERROR), leaves(2), fails(THROTTLE));

    for (int id = 0; thread.nanoTime() < 40 * SECOND; id++) {
      write(writer, TestItems.item(id, "v"));
    }

    String table = "the table readings (us-west-2, http://127.0.0.1:1): ";
    assertThat(log)
        .hasSize(4)
        .contains(
            table
                + "calls are throttled and will be sent again, the first with"
                + " ProvisionedThroughputExceededException",
            table + "calls are failing and will be sent again, the first with InternalServerError",
            table + "calls are no longer failing; 1 were, within 0 s")
        .anySatisfy(line -> assertThat(line).contains("no longer throttled; 4 were"));
  }

  @Test
  void finalFailuresEndTheRun() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(fails(Failure.answered(400, "ResourceNotFoundException", "not found")));
    write(writer, 0, 1);

    assertThatThrownBy(writer::drain)
        .isInstanceOfSatisfying(
            ImportException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TARGET);
              assertThat(e.problem()).contains("readings", "us-west-2", "http://127.0.0.1:1");
              assertThat(e.remedy()).contains("sink.create-table");
            });
  }
}
