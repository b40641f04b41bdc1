package io.dynaload.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.UnsuccessfulExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
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
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** So long after the last trouble, another one is a new one. */
  private static final Duration CALM = Duration.ofMinutes(10);

  private static final int MOST_TROUBLES = 24;

  private final JobClient client;
  private final Duration pause;
  private final ApplicationMetrics live;
  private volatile CompletableFuture<JobExecutionResult> result;
  private int troubles;
  private long lastTrouble;

  ApplicationJob(JobClient client) {
    this(client, PAUSE);
  }

  /**
   * @param pause before a cluster that does not say how the job is, is asked again
   */
  ApplicationJob(JobClient client, Duration pause) {
    this.client = client;
    this.pause = pause;
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

  /**
   * @throws JobOutOfSightException if the cluster did not say for two minutes how the job is
   */
  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    try {
      result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (isEndOfJob(e)) {
        return true;
      }
      askAgain(e);
      return false;
    }
  }

  /** And not that of an answer that did not come, or of the process that would have given it. */
  private static boolean isEndOfJob(ExecutionException e) {
    return ExceptionUtils.findThrowable(e, UnsuccessfulExecutionException.class)
        .map(UnsuccessfulExecutionException::getStatus)
        .map(status -> status == ApplicationStatus.FAILED || status == ApplicationStatus.CANCELED)
        .orElseGet(() -> ExceptionUtils.findThrowable(e, JobExecutionException.class).isPresent());
  }

  private synchronized void askAgain(ExecutionException e) throws InterruptedException {
    long now = System.nanoTime();
    troubles = troubles > 0 && now - lastTrouble > CALM.toNanos() ? 1 : troubles + 1;
    lastTrouble = now;
    if (troubles > MOST_TROUBLES) {
      throw new JobOutOfSightException("Flink does not say how the job " + id() + " is", e);
    }
    LOG.warn("Flink does not say how the job is; it is asked again", e);
    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    result = client.getJobExecutionResult();
  }

  /**
   * @throws JobOutOfSightException as {@link #await} does
   */
  @Override
  public End end() throws InterruptedException {
    boolean isOver = false;
    while (!isOver) {
      isOver = await(LOOK);
    }
    try {
      return new End(State.FINISHED, RunCounts.of(result.get().getAllAccumulatorResults()), null);
    } catch (ExecutionException e) {
      // Flink tells of the counts of such a job only if it is asked for them.
      return isCancelled(e)
          ? new End(State.CANCELED, live.last(), null)
          : new End(State.FAILED, live.last(), e);
    }
  }

  private static boolean isCancelled(ExecutionException e) {
    return ExceptionUtils.findThrowable(e, JobCancellationException.class).isPresent()
        || ExceptionUtils.findThrowable(e, UnsuccessfulExecutionException.class)
            .filter(end -> end.getStatus() == ApplicationStatus.CANCELED)
            .isPresent();
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
