package io.dynaload.sink;

import static io.dynaload.sink.ScriptedService.fails;
import static io.dynaload.sink.ScriptedService.leaves;
import static io.dynaload.sink.ScriptedService.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.capacity.ManualThread;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.wire.Backoff;
import io.dynaload.wire.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
  private final List<String> log = new ArrayList<>();
  private final Map<Long, String> rejected = new TreeMap<>();
  private long rejections;
  private SettledBudget budget = new SettledBudget(new TokenBucket(1, thread));

  private BatchWriter writer(double rate) {
    return writer(rate, 4);
  }

  private BatchWriter writer(double rate, int inFlight) {
    TargetErrors errors = new TargetErrors(TestConfig.of("readings", "http://127.0.0.1:1"));
    budget = new SettledBudget(new TokenBucket(rate, thread));
    return new BatchWriter(
        Limits.of(inFlight, rate),
        new BatchWriter.Calls(
            service,
            budget,
            new Backoff(new SplittableRandom(1)),
            new Outages(Duration.ofMinutes(15), errors, thread, log::add),
            (item, code, reason) -> {
              rejections++;
              rejected.put(item.origin().position(), code + ": " + reason);
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

  private static ScriptedService.Script[] times(int times, ScriptedService.Script script) {
    return Collections.nCopies(times, script).toArray(ScriptedService.Script[]::new);
  }

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
    service.then(times(5000, script));
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

  @Test
  void unitsThatACallDidNotUseComeBackAndThoseOfIndexesAreTaken() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    service.then(
        fails(THROTTLE),
        leaves(5),
        keys -> new Answer.Taken(15, Set.of()),
        fails(SERVER_ERROR),
        keys -> new Answer.Taken(0, Set.of()));
    write(writer, 0, 25);
    writer.drain();
    assertThat(budget.settled()).isEqualTo(20 + 15);
    assertThat(budget.outstanding()).isZero();
    assertThat(budget.refused()).isEqualTo(25 + 5);

    write(writer, 25, 35);
    writer.drain();
    assertThat(budget.settled()).isEqualTo(20 + 15);
    assertThat(budget.outstanding()).isZero();
    assertThat(budget.unsettled()).isEqualTo(10 + 10); // may have written; does not say its cost
  }

  @Test
  void aPartitionThatIsRefusedDoesNotHoldUpTheOthers() throws Exception {
    BatchWriter writer = writer(1000);
    service.throttling(item -> item.origin().position() < 100);
    long cold = 100;
    for (int i = 0; thread.nanoTime() < 20 * SECOND; i++) {
      write(writer, TestItems.item(i % 20 == 0 ? i / 20 % 100 : cold++, "v" + i));
    }
    assertThat((double) counts.get(Count.WRITTEN)).isGreaterThan(0.97 * 1000 * 20);
    assertThat(service.table())
        .allSatisfy(i -> assertThat(i.origin().position()).isGreaterThanOrEqualTo(100));

    service.throttling(item -> false);
    for (int id = 0; id < 100; id++) {
      write(writer, TestItems.item(id, "last"));
    }
    writer.drain();
    assertThat(service.table().stream().filter(i -> i.origin().position() < 100))
        .hasSize(100)
        .allSatisfy(i -> assertThat(i.jsonText()).contains("last"));
  }

  @Test
  void whatIsRefusedIsHeldWithinItsOwnBound() throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    // What was buffered or in flight when the bound was reached is refused, too.
    int bound = Limits.of(4, UNLIMITED).parkedItems();
    service.throttling(item -> true);
    thread.schedule(60 * SECOND, () -> service.throttling(item -> false));
    thread.schedule(
        59 * SECOND,
        () -> assertThat(writer.metrics().parkedItems()).isBetween(bound / 2, bound + 300));

    write(writer, 0, 3 * bound);
    writer.drain();

    assertThat(thread.nanoTime()).isGreaterThan(60 * SECOND);
    assertThat(service.table()).hasSize(3 * bound);
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
