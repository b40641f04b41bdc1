package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.JobFigures;
import io.dynaload.metrics.MetricNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.flink.core.execution.JobClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job of this process's cluster has done so far. The counts are the accumulators, which
 * TaskManagers send with their heartbeats: they are up to ten seconds old, and so is an answer. A
 * JobManager that is busy may be late: then the last answer is shown, and who asks has waited for
 * two seconds at most. The figures of the coordinators, which run in this process, are of this
 * moment.
 */
final class ApplicationMetrics implements LiveMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationMetrics.class);
  private static final Duration OLDEST = Duration.ofSeconds(5);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JobClient client;
  private final LongSupplier clock;
  private Map<String, Object> accumulators = Map.of();
  private CompletableFuture<Map<String, Object>> answer =
      CompletableFuture.completedFuture(Map.of());
  private long askedAt;

  ApplicationMetrics(JobClient client) {
    this(client, System::nanoTime);
  }

  /**
   * @param clock in nanoseconds
   */
  ApplicationMetrics(JobClient client, LongSupplier clock) {
    this.client = client;
    this.clock = clock;
    this.askedAt = clock.getAsLong() - OLDEST.toNanos();
  }

  @Override
  public Map<Count, Long> counts() {
    return RunCounts.of(accumulators()).counts();
  }

  @Override
  public boolean isWhole(int parallelism) {
    return subtasks(Count.READ) == parallelism && subtasks(Count.WRITTEN) == parallelism;
  }

  private long subtasks(Count count) {
    return accumulators().get(MetricNames.subtasks(count)) instanceof Long subtasks ? subtasks : 0;
  }

  @Override
  public double figure(String name) {
    return JobFigures.of(client.getJobID().toString(), name);
  }

  private synchronized Map<String, Object> accumulators() {
    long age = clock.getAsLong() - askedAt;
    boolean isDue = answer.isDone() ? age >= OLDEST.toNanos() : age >= PATIENCE.toNanos();
    if (isDue) {
      ask();
    }
    return await(isDue ? AT_ONCE : Duration.ZERO);
  }

  private void ask() {
    askedAt = clock.getAsLong();
    answer = client.getAccumulators();
  }

  private Map<String, Object> await(Duration atMost) {
    try {
      accumulators = answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The job's counts are not known at the moment", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return accumulators;
  }

  /** As they are now, for the end of the job; waited for half a minute at most. */
  synchronized RunCounts last() {
    ask();
    return RunCounts.of(await(PATIENCE));
  }
}
