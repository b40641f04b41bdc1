package io.dynaload.source.bounded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

class StaticEnumeratorTest {

  /** A plan of so many splits, or a failure. */
  private static class Plan implements BoundedConnector<TextSplit> {
    private static final long serialVersionUID = 1L;
    private final int splits;
    private final String fingerprint;
    private int plans;
    private int fingerprints;

    Plan(int splits, String fingerprint) {
      this.splits = splits;
      this.fingerprint = fingerprint;
    }

    Plan(int splits) {
      this(splits, "plan");
    }

    @Override
    public String fingerprint() {
      fingerprints++;
      return fingerprint;
    }

    @Override
    public List<TextSplit> plan(int parallelism) throws IOException {
      plans++;
      return IntStream.range(0, splits).mapToObj(StaticEnumeratorTest::split).toList();
    }

    @Override
    public PageReader<TextSplit> reader() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SimpleVersionedSerializer<TextSplit> splitSerializer() {
      return TextSplit.SERIALIZER;
    }
  }

  private static TextSplit split(int n) {
    return new TextSplit("split-" + n);
  }

  private static EnumeratorState<TextSplit> state(int total, TextSplit... pending) {
    return new EnumeratorState<>("plan", true, total, List.of(pending));
  }

  private static void ask(
      FakeEnumeratorContext<TextSplit> context,
      StaticEnumerator<TextSplit> enumerator,
      int subtask) {
    context.register(subtask);
    enumerator.addReader(subtask);
    enumerator.handleSplitRequest(subtask, null);
  }

  private static StaticEnumerator<TextSplit> started(
      FakeEnumeratorContext<TextSplit> context, int splits) {
    StaticEnumerator<TextSplit> enumerator = new StaticEnumerator<>(context, new Plan(splits));
    enumerator.start();
    context.runAsync();
    return enumerator;
  }

  @Test
  void eachSplitIsGivenOnceToAReaderThatAsks() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(2);
    StaticEnumerator<TextSplit> enumerator = started(context, 3);

    ask(context, enumerator, 0);
    ask(context, enumerator, 1);
    enumerator.handleSplitRequest(1, null);

    assertThat(context.assigned.get(0)).containsExactly(split(0));
    assertThat(context.assigned.get(1)).containsExactly(split(1), split(2));
  }

  @Test
  void noReaderIsReleasedBeforeAllAreDone() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(2);
    StaticEnumerator<TextSplit> enumerator = started(context, 1);

    ask(context, enumerator, 0);
    ask(context, enumerator, 1);
    assertThat(context.released).isEmpty();

    enumerator.handleSplitRequest(0, null);
    assertThat(context.released).containsExactly(0, 1);
  }

  @Test
  void noReaderIsReleasedWhileACheckpointIsUnderWay() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(1);
    StaticEnumerator<TextSplit> enumerator = started(context, 1);
    ask(context, enumerator, 0);
    enumerator.snapshotState(7);
    enumerator.snapshotState(8);
    enumerator.handleSplitRequest(0, null);

    enumerator.notifyCheckpointComplete(7);
    assertThat(context.released).isEmpty();
    enumerator.notifyCheckpointAborted(8);
    assertThat(context.released).containsExactly(0);
  }

  @Test
  void aLaterCheckpointEndsAnEarlierOneThatWasForgotten() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(1);
    StaticEnumerator<TextSplit> enumerator = started(context, 0);
    enumerator.snapshotState(7);
    enumerator.snapshotState(8);
    ask(context, enumerator, 0);

    enumerator.notifyCheckpointComplete(8);
    assertThat(context.released).containsExactly(0);
  }

  @Test
  void readersThatAskBeforeThePlanIsMadeAreServedWithIt() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(2);
    StaticEnumerator<TextSplit> enumerator = new StaticEnumerator<>(context, new Plan(2));
    enumerator.start();
    ask(context, enumerator, 0);
    ask(context, enumerator, 1);
    assertThat(context.assigned).isEmpty();
    assertThat(context.released).isEmpty();

    context.runAsync();

    assertThat(context.assigned.get(0)).containsExactly(split(0));
    assertThat(context.assigned.get(1)).containsExactly(split(1));
  }

  @Test
  void anEmptyPlanReleasesAllReaders() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(3);
    StaticEnumerator<TextSplit> enumerator = started(context, 0);

    for (int subtask = 0; subtask < 3; subtask++) {
      assertThat(context.released).isEmpty();
      ask(context, enumerator, subtask);
    }

    assertThat(context.released).containsExactly(0, 1, 2);
    assertThat(context.gauge("dynaload.progress")).isEqualTo(1.0);
  }

  @Test
  void aWaitingReaderTakesWhatAFailedOneGivesBack() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(2);
    StaticEnumerator<TextSplit> enumerator = started(context, 2);
    ask(context, enumerator, 0);
    ask(context, enumerator, 1);
    enumerator.handleSplitRequest(1, null);

    context.unregister(0);
    enumerator.addSplitsBack(List.of(split(0)), 0);

    assertThat(context.assigned.get(1)).containsExactly(split(1), split(0));
    assertThat(context.released).isEmpty();
  }

  @Test
  void aReaderThatFailedWaitsNoMore() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(2);
    StaticEnumerator<TextSplit> enumerator = started(context, 1);
    ask(context, enumerator, 0);
    ask(context, enumerator, 1);

    context.unregister(1);
    enumerator.addSplitsBack(List.of(), 1);
    enumerator.handleSplitRequest(0, null);
    assertThat(context.released).isEmpty();

    ask(context, enumerator, 1);
    assertThat(context.released).containsExactly(0, 1);
  }

  @Test
  void aReaderThatFailsAfterItsReleaseIsReleasedAgain() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(2);
    StaticEnumerator<TextSplit> enumerator = started(context, 0);
    ask(context, enumerator, 0);
    ask(context, enumerator, 1);

    context.unregister(1);
    enumerator.addSplitsBack(List.of(), 1);
    ask(context, enumerator, 1);

    assertThat(context.released).containsExactly(0, 1);
  }

  @Test
  void splitsGivenBackAreReadFirstAndInOrder() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(1);
    StaticEnumerator<TextSplit> enumerator = started(context, 3);
    ask(context, enumerator, 0);
    enumerator.handleSplitRequest(0, null);
    context.unregister(0);
    enumerator.addSplitsBack(List.of(split(0), split(1)), 0);

    assertThat(enumerator.snapshotState(1)).isEqualTo(state(3, split(0), split(1), split(2)));
  }

  @Test
  void aRestoredEnumeratorGoesOnWithoutPlanning() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(1);
    Plan plan = new Plan(99);
    StaticEnumerator<TextSplit> enumerator =
        new StaticEnumerator<>(context, plan, state(5, split(4)));
    enumerator.start();
    context.runAsync();
    ask(context, enumerator, 0);
    enumerator.handleSplitRequest(0, null);

    assertThat(plan.plans).isZero();
    assertThat(context.assigned.get(0)).containsExactly(split(4));
    assertThat(context.released).containsExactly(0);
  }

  @Test
  void aCheckpointFromBeforeThePlanLeadsToOne() {
    FakeEnumeratorContext<TextSplit> first = new FakeEnumeratorContext<>(1);
    StaticEnumerator<TextSplit> enumerator = new StaticEnumerator<>(first, new Plan(2));
    enumerator.start();
    EnumeratorState<TextSplit> early = enumerator.snapshotState(1);

    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(1);
    StaticEnumerator<TextSplit> restored = new StaticEnumerator<>(context, new Plan(2), early);
    restored.start();
    context.runAsync();
    ask(context, restored, 0);

    assertThat(context.assigned.get(0)).containsExactly(split(0));
  }

  @Test
  void allSplitsAreReadAtAnotherParallelism() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(3);
    StaticEnumerator<TextSplit> enumerator =
        new StaticEnumerator<>(context, new Plan(9), state(9, split(7), split(8)));
    enumerator.start();
    List<TextSplit> given = new ArrayList<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      ask(context, enumerator, subtask);
    }
    context.assigned.values().forEach(given::addAll);
    assertThat(given).containsExactlyInAnyOrder(split(7), split(8));
    assertThat(context.released).isEmpty();

    enumerator.handleSplitRequest(0, null);
    enumerator.handleSplitRequest(1, null);
    assertThat(context.released).containsExactly(0, 1, 2);
  }

  @Test
  void aCheckpointOfAnotherConfigurationIsRefused() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(1);

    assertThatThrownBy(() -> new StaticEnumerator<>(context, new Plan(1, "table b"), state(1)))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessage("The checkpoint was made while reading plan, but the file now says table b");
  }

  @Test
  void aFailureToPlanFailsTheJobAsItIs() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(1);
    ImportException failure = new ImportException(ErrorCode.CONFIGURATION, "no table", "make one");
    StaticEnumerator<TextSplit> enumerator =
        new StaticEnumerator<>(
            context,
            new Plan(1) {
              private static final long serialVersionUID = 1L;

              @Override
              public List<TextSplit> plan(int parallelism) {
                throw failure;
              }
            });
    enumerator.start();

    assertThatThrownBy(context::runAsync).isSameAs(failure);
  }

  @Test
  void aTransientFailureToPlanIsLeftToTheRestartStrategy() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(1);
    StaticEnumerator<TextSplit> enumerator =
        new StaticEnumerator<>(
            context,
            new Plan(1) {
              private static final long serialVersionUID = 1L;

              @Override
              public List<TextSplit> plan(int parallelism) throws IOException {
                throw new IOException("gone");
              }
            });
    enumerator.start();

    assertThatThrownBy(context::runAsync)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("gone");
  }

  @Test
  void progressIsThePartOfTheSplitsThatIsDone() {
    FakeEnumeratorContext<TextSplit> context = new FakeEnumeratorContext<>(2);
    StaticEnumerator<TextSplit> enumerator = started(context, 4);
    assertThat(context.gauge("dynaload.progress")).isEqualTo(0.0);

    ask(context, enumerator, 0);
    ask(context, enumerator, 1);
    assertThat(context.gauge("dynaload.progress")).isEqualTo(0.0);
    enumerator.handleSplitRequest(0, null);
    assertThat(context.gauge("dynaload.progress")).isEqualTo(0.25);
    enumerator.handleSplitRequest(0, null);
    enumerator.handleSplitRequest(0, null);
    assertThat(context.gauge("dynaload.progress")).isEqualTo(0.75);
    enumerator.handleSplitRequest(1, null);
    assertThat(context.gauge("dynaload.progress")).isEqualTo(1.0);
  }

  @Test
  void theFingerprintIsNotWorkedOutAnewForEachCheckpoint() {
    Plan plan = new Plan(2);
    StaticEnumerator<TextSplit> enumerator =
        new StaticEnumerator<>(new FakeEnumeratorContext<>(1), plan);
    EnumeratorState<TextSplit> state = enumerator.snapshotState(1);
    enumerator.snapshotState(2);

    assertThat(state.fingerprint()).isEqualTo("plan");
    assertThat(plan.fingerprints).isEqualTo(1);
  }
}
