package io.dynaload.pipeline;

import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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

/**
 * A submitted import, or a step of one: watch it, interrupt it, and get its report, which is of the
 * steps before it as well. Thread-safe.
 */
public final class ImportRun {
  private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

  /** How long an interrupted run waits for its last checkpoint. */
  private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(30);

  /**
   * The end of a run; {@code failure} says why, of one that failed.
   *
   * @param rejected the rejected items by code, those of the runs included that this one goes on
   *     from
   */
  public record Result(
      RunReport report, SortedMap<String, Long> rejected, Optional<ImportException> failure) {
    /** Of a run that ends between two steps, the second of which is still to be done. */
    public Result interrupted() {
      RunReport interrupted =
          new RunReport(
              report.name(),
              RunState.INTERRUPTED,
              Ledger.ofInterruptedRun(report.ledger().counts()),
              report.startedAt(),
              report.took());
      return new Result(interrupted, rejected, failure);
    }

    RunCounts counts() {
      return new RunCounts(report.ledger().counts(), rejected);
    }
  }

  private final MiniCluster cluster;
  private final JobID id;
  private final String name;
  private final LiveMetrics live;
  private final RunCounts before;
  private final Instant startedAt;
  private final CompletableFuture<JobResult> result;

  /**
   * @param before what the steps before this one counted
   */
  ImportRun(
      MiniCluster cluster, JobGraph job, LiveMetrics live, RunCounts before, Instant startedAt) {
    this.cluster = cluster;
    this.id = job.getJobID();
    this.name = job.getName();
    this.live = live;
    this.before = before;
    this.startedAt = startedAt;
    this.result = cluster.requestJobResult(id);
  }

  public JobID id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** What it has done up to now, without the steps before it. */
  public LiveMetrics live() {
    return live;
  }

  /** The counts up to now, with those of the steps before it. */
  public Map<Count, Long> counts() {
    return before.plus(live.counts());
  }

  /** Whether more items were rejected up to now than may be, the steps before it included. */
  public boolean hasSpent(ErrorBudget budget) {
    Ledger earlier = Ledger.ofInterruptedRun(before.counts());
    Ledger ledger = Ledger.ofInterruptedRun(counts());
    return budget.isSpent(
        Math.max(ledger.get(Count.REJECTED), earlier.get(Count.REJECTED) + live.jobRejected()),
        Math.max(ledger.seen(), earlier.seen() + live.jobSeen()));
  }

  /** Waits for the end, at most so long; whether it has come. */
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

  /**
   * Takes a last checkpoint, if one can be had within half a minute, and cancels the job; {@link
   * #result} follows. The retained checkpoint is what a later run goes on from.
   *
   * @return whether there is such a checkpoint; near the end, once readers have finished, there is
   *     none to be had
   */
  public boolean interrupt() throws InterruptedException {
    boolean taken = !hasFinishedReaders() && takesCheckpoint();
    cluster.cancelJob(id).exceptionally(alreadyOver -> null);
    return taken;
  }

  /**
   * Like {@link #interrupt}, but leaves a run alone that is so near its end that there is no
   * checkpoint to be had: it ends by itself.
   *
   * @return whether it was stopped
   */
  public boolean stop() throws InterruptedException {
    if (hasFinishedReaders() || (!takesCheckpoint() && hasFinishedReaders())) {
      return false;
    }
    cluster.cancelJob(id).exceptionally(alreadyOver -> null);
    return true;
  }

  private boolean takesCheckpoint() throws InterruptedException {
    try {
      cluster
          .triggerCheckpoint(id, CheckpointType.CONFIGURED)
          .get(LAST_CHECKPOINT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("No last checkpoint could be taken; the one before it stands.", e);
      return false;
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

  /** Waits for the end and says what it was. */
  public Result result() throws InterruptedException {
    JobResult ended;
    try {
      ended = result.get();
    } catch (ExecutionException e) {
      return failed(before, e);
    }
    RunCounts counts = before.plus(RunCounts.of(ended));
    return switch (ended.getApplicationStatus()) {
      case SUCCEEDED ->
          new Result(
              report(RunState.FINISHED, Ledger.ofWholeRun(counts.counts())),
              counts.rejected(),
              Optional.empty());
      case CANCELED ->
          new Result(
              report(RunState.INTERRUPTED, Ledger.ofInterruptedRun(counts.counts())),
              counts.rejected(),
              Optional.empty());
      case FAILED, UNKNOWN ->
          failed(
              counts,
              ended
                  .getSerializedThrowable()
                  .<Throwable>map(serialized -> serialized)
                  .orElseGet(() -> new IllegalStateException("The job ended in an unknown state")));
    };
  }

  private Result failed(RunCounts counts, Throwable failure) {
    return new Result(
        report(RunState.FAILED, Ledger.ofInterruptedRun(counts.counts())),
        counts.rejected(),
        Optional.of(JobFailures.classified(failure, ImportRun.class.getClassLoader())));
  }

  private RunReport report(RunState state, Ledger ledger) {
    return new RunReport(
        name, state, ledger, startedAt, Duration.between(startedAt, Instant.now()));
  }
}
