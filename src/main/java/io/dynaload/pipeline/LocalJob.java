package io.dynaload.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job on a cluster in this process. Its last point is a checkpoint. */
final class LocalJob implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(LocalJob.class);
  private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(30);

  private final MiniCluster cluster;
  private final JobID id;
  private final LiveMetrics live;
  private final CompletableFuture<JobResult> result;

  LocalJob(MiniCluster cluster, JobGraph job, LiveMetrics live) {
    this.cluster = cluster;
    this.id = job.getJobID();
    this.live = live;
    this.result = cluster.requestJobResult(id);
  }

  @Override
  public JobID id() {
    return id;
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
    JobResult ended;
    try {
      ended = result.get();
    } catch (ExecutionException e) {
      return new End(State.FAILED, RunCounts.NONE, e);
    }
    RunCounts counts = RunCounts.of(ended);
    return switch (ended.getApplicationStatus()) {
      case SUCCEEDED -> new End(State.FINISHED, counts, null);
      case CANCELED -> new End(State.CANCELED, counts, null);
      case FAILED, UNKNOWN -> new End(State.FAILED, counts, failure(ended));
    };
  }

  private static Throwable failure(JobResult ended) {
    return ended
        .getSerializedThrowable()
        .<Throwable>map(serialized -> serialized)
        .orElseGet(() -> new IllegalStateException("The job ended in an unknown state"));
  }

  @Override
  public Point takePoint() throws InterruptedException {
    if (hasFinishedReaders()) {
      return Point.TOO_LATE;
    }
    try {
      cluster
          .triggerCheckpoint(id, CheckpointType.CONFIGURED)
          .get(LAST_CHECKPOINT.toMillis(), TimeUnit.MILLISECONDS);
      return Point.TAKEN;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("No last checkpoint could be taken; the one before it stands.", e);
      return hasFinishedReaders() ? Point.TOO_LATE : Point.FAILED;
    }
  }

  private boolean hasFinishedReaders() throws InterruptedException {
    try {
      for (AccessExecutionVertex task :
          cluster.getExecutionGraph(id).get().getAllExecutionVertices()) {
        if (task.getExecutionState() == ExecutionState.FINISHED) {
          return true;
        }
      }
      return false;
    } catch (ExecutionException e) {
      return false;
    }
  }

  @Override
  public void cancel() {
    cluster.cancelJob(id).exceptionally(alreadyOver -> null);
  }
}
