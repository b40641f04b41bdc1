package io.dynaload.sink;

import static io.dynaload.sink.ScriptedService.fails;
import static io.dynaload.sink.ScriptedService.leaves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.error.OutageException;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchWriterTest {
  private static final double UNLIMITED = 10_000_000;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Failure THROTTLE =
      Failure.answered(400, "ProvisionedThroughputExceededException", "");
  private static final Failure SERVER_ERROR = Failure.answered(500, "InternalServerError", "");

  private final ManualThread thread = new ManualThread();
  private final ScriptedService service = new ScriptedService(thread, 5 * MILLI);
  private final Counts counts = new Counts(Count.values());

  private BatchWriter writer(double rate) {
    return writer(rate, 4);
  }

  private BatchWriter writer(double rate, int inFlight) {
    TargetErrors errors = new TargetErrors(TestConfig.of("readings", "http://127.0.0.1:1"));
    return new BatchWriter(
        Limits.of(inFlight, rate),
        new BatchWriter.Calls(
            service,
            new TokenBucket(rate, thread),
            new Backoff(new SplittableRandom(1)),
            errors,
            (item, code, reason) -> {
              throw new AssertionError(item + ": " + reason);
            }),
        thread,
        counts);
  }

  private static void write(BatchWriter writer, Item item) throws Exception {
    writer.write(TestItems.KEYS.keyOf(item), item);
  }

  private static void write(BatchWriter writer, int from, int to) throws Exception {
    for (int id = from; id < to; id++) {
      write(writer, TestItems.item(id, "v"));
    }
  }

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

  @ParameterizedTest
  @CsvSource({
    "1, 80, 0",
    "50, 80, 0",
    "500, 80, 0",
    "500, 1500, 3",
    "2500, 80, 3",
    "2500, 400000, 0"
  })
  void theRateIsKept(double rate, int size, long lateMillis) throws Exception {
    thread.late(lateMillis * MILLI);
    BatchWriter writer = writer(rate);
    long seconds = rate < 10 || size > 100_000 ? 1000 : 10;

    for (int id = 0; thread.nanoTime() < (seconds + 1) * SECOND; id++) {
      write(writer, TestItems.sized(id, "v", size));
    }

    long units =
        service.calls().stream()
            .filter(call -> call.at() <= seconds * SECOND)
            .mapToLong(ScriptedService.Call::units)
            .sum();
    assertThat((double) units).isBetween(0.99 * rate * seconds, 1.01 * rate * seconds);
  }

  @Test
  void noSecondSeesABurst() throws Exception {
    BatchWriter writer = writer(500);
    thread.runUntil(10 * SECOND); // idle: nothing is saved up but a tenth of a second

    for (int id = 0; thread.nanoTime() < 13 * SECOND; id++) {
      write(writer, TestItems.item(id, "v"));
    }

    for (ScriptedService.Call first : service.calls()) {
      long inASecond =
          service.calls().stream()
              .filter(c -> c.at() >= first.at() && c.at() < first.at() + SECOND)
              .mapToLong(ScriptedService.Call::units)
              .sum();
      assertThat(inASecond).isLessThanOrEqualTo(500 + 50 + 25);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 20, 100, 500})
  void aDrainTakesAboutASecondAtAnyRate(double rate) throws Exception {
    BatchWriter writer = writer(rate);
    for (int id = 0; thread.nanoTime() < 10 * SECOND; id++) {
      write(writer, TestItems.item(id, "v"));
    }
    long before = thread.nanoTime();

    writer.drain();

    assertThat(thread.nanoTime() - before).isLessThan((long) (SECOND * Math.max(1, 2 / rate)));
    assertThat(writer.isEmpty()).isTrue();
  }

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

  @Test
  void throttlesAndUnprocessedItemsAreSentAgainAndCountedOnceEach() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(fails(THROTTLE), leaves(7), leaves(2));
    write(writer, 0, 25);
    writer.drain();

    assertThat(service.calls()).extracting(c -> c.items().size()).containsExactly(25, 25, 7, 2);
    assertThat(counts.get(Count.THROTTLED)).isEqualTo(25 + 7 + 2);
    assertThat(counts.get(Count.RETRIED)).isEqualTo(25 + 7 + 2);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(25);
    assertThat(service.table()).hasSize(25);
  }

  @Test
  void anUnprocessedKeyThatWasNotSentLeavesTheWholeBatchToBeSentAgain() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    CanonicalKey other = TestItems.KEYS.keyOf(TestItems.item(99, "v"));
    service.then(
        keys -> new Answer.Taken(24, Set.of(keys.get(3), other)),
        keys -> new Answer.Taken(24, Set.of(other)));
    write(writer, 0, 25);
    writer.drain();

    assertThat(service.calls()).extracting(c -> c.items().size()).containsExactly(25, 25, 25);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(25);
    assertThat(counts.get(Count.RETRIED)).isEqualTo(50);
    assertThat(counts.get(Count.WRITE_UNITS)).isEqualTo(24 + 24 + 25);
  }

  @Test
  void retriesOfSomeKeysLetOthersPass() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(fails(SERVER_ERROR));
    write(writer, 0, 25);
    write(writer, 25, 50);
    thread.runUntil(6 * MILLI);

    assertThat(counts.get(Count.WRITTEN)).isEqualTo(25);
    writer.drain();
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(50);
    assertThat(counts.get(Count.THROTTLED)).isZero();
    assertThat(counts.get(Count.RETRIED)).isEqualTo(25);
  }

  @Test
  void throttlesAreRetriedForEver() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(
        IntStream.range(0, 5000)
            .mapToObj(i -> fails(THROTTLE))
            .toArray(n -> new ScriptedService.Script[n]));
    write(writer, 0, 1);
    writer.drain();

    assertThat(thread.nanoTime()).isGreaterThan(2 * BatchWriter.GIVE_UP_NANOS);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(1);
  }

  @Test
  void otherFailuresEndTheAttemptAfterAWhileWithoutSuccess() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(
        IntStream.range(0, 5000)
            .mapToObj(i -> fails(SERVER_ERROR))
            .toArray(n -> new ScriptedService.Script[n]));
    write(writer, 0, 1);

    assertThatThrownBy(writer::drain)
        .isInstanceOfSatisfying(
            OutageException.class,
            e -> {
              assertThat(e.lasting().code()).isEqualTo(ErrorCode.TARGET);
              assertThat(e.lasting().problem())
                  .isEqualTo(
                      "the table readings (us-west-2, http://127.0.0.1:1): no write has succeeded"
                          + " for 15 minutes; the last call failed with InternalServerError");
              assertThat(e.lasting().remedy()).contains("--resume latest");
            });
    assertThat(thread.nanoTime()).isBetween(15 * 60 * SECOND, 16 * 60 * SECOND);
  }

  @Test
  void aThrottleShowsThatTheServiceIsThere() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(fails(SERVER_ERROR));
    service.then(
        IntStream.range(0, 1000)
            .mapToObj(i -> fails(THROTTLE))
            .toArray(n -> new ScriptedService.Script[n]));
    service.then(fails(SERVER_ERROR));
    write(writer, 0, 1);
    writer.drain();

    assertThat(thread.nanoTime()).isGreaterThan(BatchWriter.GIVE_UP_NANOS);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(1);
  }

  @Test
  void aBatchThatIsLeftUndoneShowsItToo() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(fails(SERVER_ERROR));
    service.then(
        IntStream.range(0, 1000)
            .mapToObj(i -> leaves(1))
            .toArray(n -> new ScriptedService.Script[n]));
    service.then(fails(SERVER_ERROR));
    write(writer, 0, 1);
    writer.drain();

    assertThat(thread.nanoTime()).isGreaterThan(BatchWriter.GIVE_UP_NANOS);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(1);
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

  @Test
  void aRefusedItemEndsTheRun() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(fails(Failure.answered(400, "ValidationException", "too large")));
    write(writer, 5, 8);

    assertThatThrownBy(writer::drain)
        .isInstanceOfSatisfying(
            ImportException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.REJECTED_ITEMS);
              assertThat(e.problem()).contains("test@5", "test@7", "too large");
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverFailsTheLastVersionOfEachKeyStays(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    BatchWriter writer = writer(5000);
    Map<Long, String> model = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      if (random.nextInt(20) == 0) {
        service.then(
            switch (random.nextInt(3)) {
              case 0 -> fails(THROTTLE);
              case 1 -> fails(SERVER_ERROR);
              default -> leaves(1);
            });
      }
      Item item = TestItems.item(random.nextInt(200), "v" + i);
      model.put(item.origin().position(), item.jsonText());
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
    assertThat(counts.get(Count.WRITTEN) + counts.get(Count.SUPERSEDED)).isEqualTo(5000);
    assertThat(List.of(counts.get(Count.RETRIED), counts.get(Count.THROTTLED)))
        .allSatisfy(count -> assertThat(count).isPositive());
  }
}
