package io.dynaload.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job on the cluster whose application master this process is. Its last point is a savepoint, in
 * the run's folder: that is what such a client can ask for.
 */
final class ApplicationJob implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationJob.class);
  private static final Duration SAVEPOINT = Duration.ofSeconds(60);

  private final JobClient client;
  private final ApplicationMetrics live;
  private final CompletableFuture<JobExecutionResult> result;

  ApplicationJob(JobClient client) {
    this.client = client;
    this.live = new ApplicationMetrics(client);
    this.result = client.getJobExecutionResult();
  }

  @Override
  public JobID id() {
    return client.getJobID();
  }

  @Override
  public LiveMetrics live() {
    return live;
  }

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    try {
      result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  @Override
  public End end() throws InterruptedException {
    try {
      return new End(State.FINISHED, RunCounts.of(result.get().getAllAccumulatorResults()), null);
    } catch (ExecutionException e) {
      // Flink tells of the counts of such a job only if it is asked for them.
      return ExceptionUtils.findThrowable(e, JobCancellationException.class).isPresent()
          ? new End(State.CANCELED, live.last(), null)
          : new End(State.FAILED, live.last(), e);
    }
  }

  @Override
  public Point takePoint() throws InterruptedException {
    try {
      String savepoint =
          client
              .triggerSavepoint(null, SavepointFormatType.CANONICAL)
              .get(SAVEPOINT.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("The job's position is in {}", savepoint);
      return Point.TAKEN;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("No savepoint could be taken; the checkpoint before it stands.", e);
      return ExceptionUtils.findThrowable(e, CheckpointException.class)
              .filter(
                  failure ->
                      failure.getCheckpointFailureReason()
                          == CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING)
              .isPresent()
          ? Point.TOO_LATE
          : Point.FAILED;
    }
  }

  @Override
  public void cancel() {
    client.cancel().exceptionally(alreadyOver -> null);
  }
}
