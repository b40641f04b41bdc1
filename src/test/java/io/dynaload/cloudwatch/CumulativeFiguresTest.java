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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CumulativeFiguresTest {
  private static final long SECOND = 1_000_000_000L;

  private final CumulativeFigures figures = new CumulativeFigures();

  private static Map<Count, Long> counts(long read, long written, long units) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    counts.put(Count.READ, read);
    counts.put(Count.WRITTEN, written);
    counts.put(Count.WRITE_UNITS, units);
    return counts;
  }

  private void sample(long second, double progress, Map<Count, Long> counts) {
    figures.sample(second * SECOND, new RunFigures(counts, progress, 0, 500, true));
  }

  private void sampleInPart(long second, Map<Count, Long> counts) {
    figures.sample(second * SECOND, new RunFigures(counts, 0, 0, Double.NaN, false));
  }

  private Map<String, Double> published(long second) {
    return byName(figures.publish(second * SECOND));
  }

  private static Map<String, Double> byName(List<Figure> figures) {
    return figures.stream().collect(Collectors.toMap(Figure::name, Figure::value));
  }

  private static RunReport report(RunState state, Map<Count, Long> counts) {
    Ledger ledger =
        state == RunState.FINISHED ? Ledger.ofWholeRun(counts) : Ledger.ofInterruptedRun(counts);
    return new RunReport("readings", state, ledger, Instant.EPOCH, Duration.ofSeconds(90));
  }

  @Test
  void ofAJobThatNothingIsKnownOfOnlyTheRateIsPublishedWhichIsZero() {
    assertThat(published(0)).containsOnly(Map.entry(CloudWatchNames.ITEMS_PER_SECOND, 0.0));
    sampleInPart(5, counts(100, 100, 100));
    assertThat(published(60)).containsOnly(Map.entry(CloudWatchNames.ITEMS_PER_SECOND, 0.0));
  }

  @Test
  void publishesCountsRatesAndWhatIsLeft() {
    sample(0, 0, counts(10, 0, 0));
    sample(10, 0.0, counts(1_000, 1_000, 2_000));
    sample(60, 0.5, counts(6_000, 6_000, 12_000));
    assertThat(published(60))
        .containsEntry("read", 6_000.0)
        .containsEntry("written", 6_000.0)
        .containsEntry(CloudWatchNames.ITEMS_PER_SECOND, 100.0)
        .containsEntry(CloudWatchNames.UNITS_PER_SECOND, 200.0)
        .containsEntry(CloudWatchNames.WRITE_LIMIT, 500.0)
        .containsEntry(CloudWatchNames.PERCENT, 50.0)
        .containsEntry(CloudWatchNames.SECONDS_LEFT, 50.0)
        .doesNotContainKey(CloudWatchNames.FAILED);
    sample(120, 0.5, counts(6_000, 6_000, 12_000));
    assertThat(published(120))
        .containsEntry(CloudWatchNames.ITEMS_PER_SECOND, 0.0)
        .containsEntry(CloudWatchNames.UNITS_PER_SECOND, 0.0);
  }

  @Test
  void whatAnEarlierRunDidIsNoneOfThisOnesPace() {
    sample(5, 0.9, counts(1_000_000, 1_000_000, 1_000_000));
    sample(65, 0.9, counts(1_000_060, 1_000_060, 1_000_120));
    assertThat(published(65))
        .containsEntry("written", 1_000_060.0)
        .containsEntry(CloudWatchNames.ITEMS_PER_SECOND, 1.0)
        .containsEntry(CloudWatchNames.UNITS_PER_SECOND, 2.0);
  }

  @Test
  void nothingFallsWhenARestartSetsTheCountsBack() {
    sample(0, 0, counts(0, 0, 0));
    sample(60, 0.6, counts(6_000, 6_000, 6_000));
    published(60);
    // A TaskManager is lost: one subtask is not heard of, then both stand at their checkpoint.
    sampleInPart(70, counts(2_000, 2_000, 2_000));
    sample(80, 0.4, counts(4_000, 4_000, 4_000));
    sample(120, 0.5, counts(5_000, 5_000, 5_000));
    assertThat(published(120))
        .containsEntry("written", 6_000.0)
        .containsEntry(CloudWatchNames.PERCENT, 60.0)
        .containsEntry(CloudWatchNames.ITEMS_PER_SECOND, 0.0)
        // Paid for once more: from 4,000 to 5,000 in the minute.
        .containsEntry(CloudWatchNames.UNITS_PER_SECOND, 1_000 / 60.0);
    sample(180, 0.9, counts(9_000, 9_000, 9_000));
    assertThat(published(180))
        .containsEntry("written", 9_000.0)
        .containsEntry(CloudWatchNames.ITEMS_PER_SECOND, 50.0);
  }

  @Test
  void theLastCountsAreTheLedgersEvenWhereItSaysLess() {
    Map<Count, Long> seen = counts(100, 100, 100);
    seen.put(Count.THROTTLED, 50L);
    sample(0, 0, counts(0, 0, 0));
    sample(10, 1, seen);
    Map<Count, Long> ledger = counts(200, 200, 200);
    ledger.put(Count.THROTTLED, 20L);
    Map<String, Double> last =
        byName(figures.publishLast(20 * SECOND, report(RunState.FINISHED, ledger), false));
    for (Count count : Count.values()) {
      assertThat(last.get(count.key()))
          .as(count.key())
          .isEqualTo(ledger.getOrDefault(count, 0L).doubleValue());
    }
    assertThat(last)
        .containsOnlyKeys(CloudWatchNames.metrics())
        .containsEntry(CloudWatchNames.ITEMS_PER_SECOND, 10.0)
        .containsEntry(CloudWatchNames.PERCENT, 100.0)
        .containsEntry(CloudWatchNames.SECONDS_LEFT, 0.0)
        .containsEntry(CloudWatchNames.FAILED, 0.0);
  }

  @Test
  void aRunThatFailedSaysSoAndIsNotAllDone() {
    sample(0, 0.4, counts(100, 100, 100));
    assertThat(
            byName(
                figures.publishLast(SECOND, report(RunState.FAILED, counts(100, 100, 100)), true)))
        .containsEntry(CloudWatchNames.FAILED, 1.0)
        .containsEntry(CloudWatchNames.PERCENT, 40.0);
    assertThat(byName(new CumulativeFigures().publishFailure(SECOND)))
        .containsOnly(
            Map.entry(CloudWatchNames.ITEMS_PER_SECOND, 0.0),
            Map.entry(CloudWatchNames.FAILED, 1.0));
  }

  @Test
  void anInterruptedRunHasNotFailed() {
    sample(0, 0.4, counts(100, 100, 100));
    assertThat(
            byName(
                figures.publishLast(
                    SECOND, report(RunState.INTERRUPTED, counts(100, 100, 100)), false)))
        .containsEntry(CloudWatchNames.FAILED, 0.0)
        .containsEntry(CloudWatchNames.PERCENT, 40.0);
  }

  @Test
  void aStepThatOthersFollowIsNotTheEnd() {
    sample(0, 0.5, counts(100, 100, 100));
    assertThat(
            byName(figures.publishStep(SECOND, report(RunState.FINISHED, counts(120, 120, 120)))))
        .containsEntry("written", 120.0)
        .containsEntry(CloudWatchNames.PERCENT, 50.0)
        .doesNotContainKey(CloudWatchNames.FAILED);
  }

  @Test
  void aSourceWithoutAnEndHasNoPercentage() {
    sample(0, Double.NaN, counts(100, 100, 100));
    sample(60, Double.NaN, counts(200, 200, 200));
    assertThat(published(60))
        .doesNotContainKeys(CloudWatchNames.PERCENT, CloudWatchNames.SECONDS_LEFT);
  }
}
