package io.dynaload.pipeline;

import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.flink.api.common.JobID;

/**
 * A submitted import, or a step of one: watch it, interrupt it, and get its report, which is of the
 * steps before it as well. Thread-safe.
 */
public final class ImportRun {
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
      return endingAs(RunState.INTERRUPTED, failure);
    }

    /** The same of one that ends there because the second could not be begun. */
    public Result failed(ImportException why) {
      return endingAs(RunState.FAILED, Optional.of(why));
    }

    private Result endingAs(RunState state, Optional<ImportException> why) {
      RunReport ended =
          new RunReport(
              report.name(),
              state,
              Ledger.ofInterruptedRun(report.ledger().counts()),
              report.startedAt(),
              report.took());
      return new Result(ended, rejected, why);
    }

    RunCounts counts() {
      return new RunCounts(report.ledger().counts(), rejected);
    }
  }

  /**
   * What is done.
   *
   * @param name of the import
   * @param before what was done before this step
   * @param steps how many the import has
   */
  record Work(String name, StepsDone before, int steps) {}

  private final Job job;
  private final int parallelism;
  private final String name;
  private final StepsDone before;
  private final int steps;
  private final Instant startedAt;

  ImportRun(Job job, int parallelism, Work work, Instant startedAt) {
    this.job = job;
    this.parallelism = parallelism;
    this.name = work.name();
    this.before = work.before();
    this.steps = work.steps();
    this.startedAt = startedAt;
  }

  public JobID id() {
    return job.id();
  }

  public String name() {
    return name;
  }

  /** What it has done up to now, without the steps before it. */
  public LiveMetrics live() {
    return job.live();
  }

  /** What the import has done up to now, the steps before this one included. */
  public RunFigures figures() {
    LiveMetrics live = job.live();
    return new RunFigures(
            live.counts(),
            live.progress(),
            live.estimatedItems(),
            live.writeLimit(),
            live.isWhole(parallelism))
        .asStep(before.counts().counts(), before.steps(), steps);
  }

  /** The counts up to now, with those of the steps before it. */
  public Map<Count, Long> counts() {
    return before.counts().plus(job.live().counts());
  }

  /** Whether more items were rejected up to now than may be, the steps before it included. */
  public boolean hasSpent(ErrorBudget budget) {
    LiveMetrics live = job.live();
    Ledger earlier = Ledger.ofInterruptedRun(before.counts().counts());
    Ledger ledger = Ledger.ofInterruptedRun(counts());
    return budget.isSpent(
        Math.max(ledger.get(Count.REJECTED), earlier.get(Count.REJECTED) + live.jobRejected()),
        Math.max(ledger.seen(), earlier.seen() + live.jobSeen()));
  }

  /** Waits for the end, at most so long; whether it has come. */
  public boolean await(Duration atMost) throws InterruptedException {
    return job.await(atMost);
  }

  /**
   * Takes a last checkpoint, if one can be had within half a minute, and cancels the job; {@link
   * #result} follows. The retained checkpoint is what a later run goes on from.
   *
   * @return whether there is such a checkpoint; near the end, once readers have finished, there is
   *     none to be had
   */
  public boolean interrupt() throws InterruptedException {
    boolean taken = job.takePoint() == Job.Point.TAKEN;
    job.cancel();
    return taken;
  }

  /**
   * Like {@link #interrupt}, but leaves a run alone that is so near its end that there is no
   * checkpoint to be had: it ends by itself.
   *
   * @return whether it was stopped
   */
  public boolean stop() throws InterruptedException {
    if (job.takePoint() == Job.Point.TOO_LATE) {
      return false;
    }
    job.cancel();
    return true;
  }

  /** Waits for the end and says what it was. */
  public Result result() throws InterruptedException {
    Job.End end = job.end();
    RunCounts counts = before.counts().plus(end.counts());
    Optional<ImportException> failure =
        Optional.ofNullable(end.failure())
            .map(cause -> JobFailures.classified(cause, ImportRun.class.getClassLoader()));
    return new Result(report(end.state(), counts.counts()), counts.rejected(), failure);
  }

  private RunReport report(Job.State end, Map<Count, Long> counts) {
    RunState state =
        switch (end) {
          case FINISHED -> RunState.FINISHED;
          case CANCELED -> RunState.INTERRUPTED;
          case FAILED -> RunState.FAILED;
        };
    Ledger ledger =
        state == RunState.FINISHED ? Ledger.ofWholeRun(counts) : Ledger.ofInterruptedRun(counts);
    return new RunReport(
        name, state, ledger, startedAt, Duration.between(startedAt, Instant.now()));
  }
}
