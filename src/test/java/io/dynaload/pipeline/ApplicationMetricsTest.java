package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of a JobManager that may be busy. */
@Timeout(60)
class ApplicationMetricsTest {
  private static CompletableFuture<Map<String, Object>> answer(long written) {
    return CompletableFuture.completedFuture(
        Map.of(
            MetricNames.accumulator(Count.WRITTEN), written,
            MetricNames.subtasks(Count.READ), 1L,
            MetricNames.subtasks(Count.WRITTEN), 1L));
  }

  @Test
  void oneAnswerIsOfUseForSomeSeconds() {
    AtomicLong seconds = new AtomicLong();
    ScriptedJob job = new ScriptedJob().accumulators(answer(5), answer(6));
    ApplicationMetrics live =
        new ApplicationMetrics(job, () -> TimeUnit.SECONDS.toNanos(seconds.get()));

    assertThat(live.count(Count.WRITTEN)).isEqualTo(5);
    assertThat(live.isWhole(1)).isTrue();
    assertThat(live.isWhole(2)).isFalse();
    seconds.set(4);
    assertThat(live.count(Count.WRITTEN)).isEqualTo(5);
    assertThat(job.accumulatorsAsked).isEqualTo(1);
    seconds.set(5);
    assertThat(live.count(Count.WRITTEN)).isEqualTo(6);
  }

  @Test
  void anAnswerThatDoesNotComeIsWaitedForOnceAndBrieflyAndTakenWhenItComes() {
    CompletableFuture<Map<String, Object>> late = new CompletableFuture<>();
    ScriptedJob job = new ScriptedJob().accumulators(late);
    ApplicationMetrics live = new ApplicationMetrics(job, () -> 0);
    long begin = System.nanoTime();

    for (int i = 0; i < 20; i++) {
      assertThat(live.counts()).isEmpty();
      assertThat(live.isWhole(1)).isFalse();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    late.complete(answer(7).join());
    assertThat(live.count(Count.WRITTEN)).isEqualTo(7);
    assertThat(job.accumulatorsAsked).isEqualTo(1);
  }

  @Test
  void theLastCountsAreAskedForAnewAndWaitedFor() {
    Executor inThreeSeconds = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);
    ScriptedJob job =
        new ScriptedJob()
            .accumulators(
                answer(5), CompletableFuture.supplyAsync(() -> answer(9).join(), inThreeSeconds));
    ApplicationMetrics live = new ApplicationMetrics(job);
    assertThat(live.count(Count.WRITTEN)).isEqualTo(5);

    assertThat(live.last().counts()).containsEntry(Count.WRITTEN, 9L);
  }
}
