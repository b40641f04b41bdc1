package io.dynaload.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.CloudWatchNames;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishingTest {
  private static final RunReport REPORT =
      new RunReport(
          "readings",
          RunState.FINISHED,
          Ledger.ofWholeRun(Map.of(Count.READ, 7L, Count.WRITTEN, 7L)),
          Instant.EPOCH,
          Duration.ofSeconds(9));

  private final Sink sink = new Sink();
  private long seconds;
  private RunFigures now = RunFigures.NONE;
  private final Publishing publishing = new Publishing(sink, () -> seconds * 1_000_000_000L);

  private static final class Sink implements MetricSink {
    final List<List<Figure>> taken = new ArrayList<>();
    int refused;
    int toRefuse;

    @Override
    public void put(List<Figure> figures) {
      if (refused < toRefuse) {
        refused++;
        throw new IllegalStateException("not now");
      }
      taken.add(figures);
    }

    @Override
    public void close() {}

    double last(String name) {
      return taken.get(taken.size() - 1).stream()
          .filter(figure -> figure.name().equals(name))
          .findFirst()
          .orElseThrow()
          .value();
    }
  }

  private void tickUntil(long second) {
    while (seconds < second) {
      seconds += 5;
      publishing.sample(now);
      publishing.tick();
    }
  }

  @Test
  void publishesAtOnceAndThenOnceAMinute() {
    publishing.tick();
    assertThat(sink.taken).hasSize(1);
    tickUntil(55);
    assertThat(sink.taken).hasSize(1);
    tickUntil(60);
    assertThat(sink.taken).hasSize(2);
    tickUntil(600);
    assertThat(sink.taken).hasSize(11);
  }

  @Test
  void publishesTheEndWithoutWaitingAndNothingAfterIt() {
    tickUntil(65);
    publishing.end(REPORT, false);
    assertThat(sink.taken).hasSize(3);
    assertThat(sink.last("written")).isEqualTo(7);
    publishing.fail();
    tickUntil(600);
    assertThat(sink.taken).hasSize(3);
  }

  @Test
  void whatCannotBePublishedNowIsTriedAgainInAMinuteNotBefore() {
    sink.toRefuse = 2;
    publishing.tick();
    tickUntil(115);
    assertThat(sink.refused).isEqualTo(2);
    assertThat(sink.taken).isEmpty();
    tickUntil(120);
    assertThat(sink.taken).hasSize(1);
  }

  @Test
  void theEndIsTriedTwice() {
    publishing.tick();
    sink.toRefuse = 1;
    publishing.end(REPORT, true);
    assertThat(sink.last(CloudWatchNames.FAILED)).isEqualTo(1);
  }

  @Test
  void figuresThatCannotBeHadDoNotStopThePublisher() {
    publishing.missing(new IllegalStateException("the cluster is gone"));
    publishing.tick();
    assertThat(sink.last(CloudWatchNames.ITEMS_PER_SECOND)).isZero();
    publishing.fail();
    assertThat(sink.last(CloudWatchNames.FAILED)).isEqualTo(1);
  }

  @Test
  void nothingFallsBelowWhatAnEarlierAttemptHadPublished() {
    publishing.sample(written(6_000));
    publishing.sample(RunFigures.NONE);
    now = written(4_000);
    tickUntil(60);
    assertThat(sink.last("written")).isEqualTo(6_000);
    assertThat(sink.last(CloudWatchNames.PERCENT)).isEqualTo(60);
    assertThat(sink.last(CloudWatchNames.ITEMS_PER_SECOND)).isZero();
    now = written(6_600);
    tickUntil(120);
    assertThat(sink.last("written")).isEqualTo(6_600);
    assertThat(sink.last(CloudWatchNames.ITEMS_PER_SECOND)).isEqualTo(10);
  }

  private static RunFigures written(long items) {
    return new RunFigures(
        Map.of(Count.READ, items, Count.WRITTEN, items), items / 1e4, 0, 500, true);
  }
}
