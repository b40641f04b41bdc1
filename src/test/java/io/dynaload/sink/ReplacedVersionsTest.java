package io.dynaload.sink;

import static io.dynaload.sink.ScriptedService.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.ManualThread;
import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.wire.Backoff;
import io.dynaload.wire.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Versions of a key that a newer one replaces before they are written. */
class ReplacedVersionsTest {
  private static final int IN_FLIGHT = 4;
  private static final double UNLIMITED = 10_000_000;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Failure SERVER_ERROR = Failure.answered(500, "InternalServerError", "");

  private final ManualThread thread = new ManualThread();
  private final ScriptedService service = new ScriptedService(thread, 5 * MILLI);
  private final Counts counts = new Counts(Count.values());
  private final List<Long> rejected = new ArrayList<>();
  private final Limits limits = Limits.of(IN_FLIGHT, UNLIMITED);
  private final BatchWriter writer =
      new BatchWriter(
          limits,
          new BatchWriter.Calls(
              service,
              new SettledBudget(new TokenBucket(UNLIMITED, thread)),
              new Backoff(new SplittableRandom(1)),
              new Outages(
                  Duration.ofMinutes(15),
                  new TargetErrors(TestConfig.of("readings", "http://127.0.0.1:1")),
                  thread,
                  line -> {}),
              (item, code, reason) -> rejected.add(item.origin().position())),
          thread,
          counts);

  private void write(Item item) throws Exception {
    writer.write(TestItems.keyOf(item), item);
  }

  private void refuseBad() {
    service.refusing(item -> item.jsonText().contains("bad"));
  }

  private void assertTableHolds(String... texts) {
    assertThat(service.table()).hasSize(texts.length);
    for (String text : texts) {
      assertThat(service.table()).anySatisfy(item -> assertThat(item.jsonText()).contains(text));
    }
  }

  private void assertCounts(long written, long superseded) {
    assertThat(counts.get(Count.WRITTEN)).as("written").isEqualTo(written);
    assertThat(counts.get(Count.SUPERSEDED)).as("superseded").isEqualTo(superseded);
  }

  @Test
  void aVersionIsWrittenIfTheOneThatReplacedItIsRefused() throws Exception {
    refuseBad();
    write(TestItems.item(1, "v4"));
    writer.drain();
    write(TestItems.item(1, "v5"));
    write(TestItems.item(1, "bad v6"));
    assertThat(counts.get(Count.SUPERSEDED)).isZero();
    writer.drain();

    assertTableHolds("v5");
    assertThat(rejected).containsExactly(1L);
    assertCounts(2, 0);
  }

  @Test
  void ofVersionsThatReplacedOneAnotherTheLastGoodOneStays() throws Exception {
    refuseBad();
    for (String version : List.of("v1", "v2", "bad v3", "v4", "bad v5", "bad v6")) {
      write(TestItems.item(1, version));
    }
    write(TestItems.item(2, "v1"));
    write(TestItems.delete(2));
    write(TestItems.item(2, "bad v3"));
    writer.drain();

    assertTableHolds("v4");
    assertThat(counts.get(Count.DELETED)).isEqualTo(1);
    assertCounts(1, 3 + 1);
  }

  @Test
  void aVersionWhoseCallFailedIsWrittenIfTheNewerOneIsRefused() throws Exception {
    refuseBad();
    service.then(fails(SERVER_ERROR));
    write(TestItems.item(1, "v1"));
    thread.runUntil(101 * MILLI); // in flight
    write(TestItems.item(1, "v2"));
    write(TestItems.item(1, "bad v3"));
    thread.runUntil(106 * MILLI); // waits for its retry
    write(TestItems.item(1, "bad v4"));
    writer.drain();

    assertTableHolds("v2");
    assertCounts(1, 1);
  }

  @Test
  void aVersionInFlightThatIsWrittenReplacesOlderOnesOnly() throws Exception {
    refuseBad();
    write(TestItems.item(1, "v1"));
    write(TestItems.item(1, "v2"));
    thread.runUntil(101 * MILLI); // v2 is in flight
    write(TestItems.item(1, "v3"));
    write(TestItems.item(1, "bad v4"));
    thread.runUntil(106 * MILLI);
    assertThat(counts.get(Count.SUPERSEDED)).isEqualTo(1);
    writer.drain();

    assertTableHolds("v3");
    assertCounts(2, 1);
  }

  @Test
  void whatAThrottledKeyKeepsOfOlderVersionsIsBoundedInBytes() throws Exception {
    service.throttling(item -> true);
    thread.schedule(60 * SECOND, () -> service.throttling(item -> false));
    thread.schedule(
        59 * SECOND,
        () ->
            assertThat(writer.metrics().bufferedBytes())
                .isBetween(limits.bufferedBytes() / 2, limits.bufferedBytes()));
    String large = "x".repeat(1000);
    for (int version = 0; version < 50_000; version++) {
      write(TestItems.item(1, large + version));
    }
    writer.drain();

    assertThat(thread.nanoTime()).isGreaterThan(60 * SECOND);
    assertTableHolds(large + 49_999);
    assertThat(counts.get(Count.WRITTEN) + counts.get(Count.SUPERSEDED)).isEqualTo(50_000);
  }
}
