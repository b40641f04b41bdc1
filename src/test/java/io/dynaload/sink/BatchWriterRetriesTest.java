package io.dynaload.sink;

import static io.dynaload.sink.ScriptedService.fails;
import static io.dynaload.sink.ScriptedService.leaves;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.CanonicalKey;
import io.dynaload.metrics.Count;
import io.dynaload.wire.Failure;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchWriterRetriesTest extends BatchWriterFixture {
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallWithoutAnAnswerHasTimeToTakeEffectBeforeTheNext(boolean isTimeout) throws Exception {
    BatchWriter writer = writer(UNLIMITED);
    thread.runUntil(MILLI);
    Failure cut = Failure.unanswered(new SocketTimeoutException("nothing came"));
    service.then(times(20, fails(isTimeout ? cut : SERVER_ERROR)));
    write(writer, 0, 25);
    writer.drain();

    long before = Long.MIN_VALUE / 2;
    for (ScriptedService.Call call : service.calls()) {
      assertThat(call.at() - before).isGreaterThan(100 * MILLI);
      before = call.at();
    }
    assertThat(service.calls()).hasSize(21);
  }

  /** A backoff by then is up to five seconds. */
  @Test
  void aDrainDoesNotWaitForLongBackoffsOfWhatWasThrottled() throws Exception {
    BatchWriter writer = writer(1000);
    service.throttling(item -> true);
    write(writer, 0, 100);
    thread.runUntil(60 * SECOND);
    assertThat(writer.metrics().parkedItems()).isPositive();
    service.throttling(item -> false);

    writer.drain();

    assertThat(service.table()).hasSize(100);
    assertThat(thread.nanoTime()).isLessThan(60 * SECOND + 400 * MILLI);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(100);
  }

  /** Else a checkpoint that waits for an hour would let calls hammer the table for as long. */
  @Test
  void aDrainAsksAHotKeyAgainNoMoreThanSomeTimesASecond() throws Exception {
    BatchWriter writer = writer(1000);
    service.throttling(item -> true);
    write(writer, TestItems.item(1, "v"));
    thread.schedule(100 * SECOND, () -> service.throttling(item -> false));

    writer.drain();

    assertThat(service.calls()).hasSizeBetween(500, 1300);
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

  /** Of a write mode in which each of its versions has to be written by itself. */
  @Test
  void versionsBehindOneThatIsRefusedDoNotHoldUpOtherKeys() throws Exception {
    BatchWriter writer = writer(Limits.of(4, 100).in(WriteModeConfig.INSERT_ONLY), 100);
    service.throttling(item -> item.origin().position() == 0);
    for (int id = 1; id <= 200; id++) {
      write(writer, TestItems.item(0, "v" + id));
      write(writer, TestItems.item(id, "v"));
    }
    assertThat(thread.nanoTime()).isLessThan(4 * SECOND);

    service.throttling(item -> false);
    writer.drain();
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(400);
    assertThat(service.table())
        .hasSize(201)
        .anySatisfy(item -> assertThat(item.jsonText()).contains("v200"));
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
}
