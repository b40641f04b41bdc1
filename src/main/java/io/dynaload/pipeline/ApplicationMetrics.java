package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.JobFigures;
import io.dynaload.metrics.MetricNames;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job of this process's cluster has done so far. The counts are the accumulators, which
 * TaskManagers send with their heartbeats: they are up to ten seconds old, and so is an answer. The
 * figures of the coordinators, which run in this process, are of this moment.
 */
final class ApplicationMetrics implements LiveMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationMetrics.class);
  private static final long OLDEST = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_SECONDS = 30;

  private final JobClient client;
  private Map<String, Object> accumulators = Map.of();
  private long askedAt = System.nanoTime() - OLDEST;

  ApplicationMetrics(JobClient client) {
    this.client = client;
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

  /** As of the last answer, if there is no newer one: a JobManager that is busy may be late. */
  private synchronized Map<String, Object> accumulators() {
    if (System.nanoTime() - askedAt < OLDEST) {
      return accumulators;
    }
    askedAt = System.nanoTime();
    try {
      accumulators = client.getAccumulators().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The job's counts are not known at the moment", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return accumulators;
  }

  /** As they are now, for the end of the job. */
  RunCounts last() {
    synchronized (this) {
      askedAt = System.nanoTime() - OLDEST;
    }
    return RunCounts.of(accumulators());
  }
}
