package io.dynaload.sink;

import static io.dynaload.sink.ScriptedService.fails;
import static io.dynaload.sink.ScriptedService.leaves;
import static io.dynaload.sink.ScriptedService.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchWriterOrderTest extends BatchWriterFixture {
  @Test
  void ofEqualKeysTheLastIsWritten() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    for (int version = 0; version < 10; version++) {
      write(writer, TestItems.item(1, "v" + version));
    }
    writer.drain();

    assertThat(service.table())
        .singleElement()
        .satisfies(item -> assertThat(item.jsonText()).contains("v9"));
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(1);
    assertThat(counts.get(Count.SUPERSEDED)).isEqualTo(9);
  }

  @Test
  void aNewerVersionWaitsForTheOneInFlight() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    thread.runUntil(MILLI);
    write(writer, 0, 25);
    write(writer, TestItems.item(3, "newer"));
    thread.runUntil(4 * MILLI);
    assertThat(service.calls()).hasSize(1);

    writer.drain();

    assertThat(service.calls()).hasSize(2);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(26);
    assertThat(counts.get(Count.SUPERSEDED)).isZero();
  }

  @Test
  void aRetryGivesWayToANewerVersion() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    thread.runUntil(MILLI);
    service.then(fails(SERVER_ERROR));
    write(writer, 0, 25);
    write(writer, TestItems.item(3, "newer")); // while the older one is in flight
    thread.runUntil(6 * MILLI);
    assertThat(service.calls()).hasSize(1);
    write(writer, TestItems.item(4, "newer")); // while the older one waits for its retry

    writer.drain();

    assertThat(counts.get(Count.WRITTEN)).isEqualTo(25);
    assertThat(counts.get(Count.SUPERSEDED)).isEqualTo(2);
    assertThat(counts.get(Count.RETRIED)).isEqualTo(23);
    assertThat(service.table().stream().filter(i -> i.jsonText().contains("newer"))).hasSize(2);
  }

  @Test
  void aRefusedVersionDoesNotTakeANewerOneAlong() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    thread.runUntil(MILLI);
    service.refusing(item -> item.jsonText().contains("bad"));
    write(writer, TestItems.item(1, "bad"));
    thread.runUntil(101 * MILLI);
    write(writer, TestItems.item(1, "good")); // while the bad one is in flight
    writer.drain();

    assertThat(rejected).containsOnlyKeys(1L);
    assertThat(service.table())
        .singleElement()
        .satisfies(item -> assertThat(item.jsonText()).contains("good"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverFailsTheLastGoodVersionOfEachKeyStays(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    BatchWriter writer = writer(5000);
    service.refusing(refused -> refused.jsonText().contains("bad"));
    Map<Long, String> model = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      if (random.nextInt(20) == 0) {
        service.then(
            switch (random.nextInt(4)) {
              case 0 -> fails(THROTTLE);
              case 1 -> fails(SERVER_ERROR);
              case 2 -> refuses();
              default -> leaves(1);
            });
      }
      boolean bad = random.nextInt(30) == 0;
      Item item = TestItems.item(random.nextInt(200), (bad ? "bad " : "v") + i);
      if (!bad) {
        model.put(item.origin().position(), item.jsonText());
      }
      write(writer, item);
      if (random.nextInt(500) == 0) {
        writer.drain();
        assertThat(service.table()).hasSize(model.size());
      }
    }
    writer.drain();

    Map<Long, String> table = new HashMap<>();
    service.table().forEach(item -> table.put(item.origin().position(), item.jsonText()));
    assertThat(table).isEqualTo(model);
    assertThat(counts.get(Count.WRITTEN) + counts.get(Count.SUPERSEDED) + rejections)
        .isEqualTo(5000);
    assertThat(rejections).isPositive();
    assertThat(budget.outstanding()).isZero();
    assertThat(List.of(counts.get(Count.RETRIED), counts.get(Count.THROTTLED)))
        .allSatisfy(count -> assertThat(count).isPositive());
  }
}
