package io.dynaload.pipeline;

import io.dynaload.cloudwatch.CloudWatchPublisher;
import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.RunOutcome.Notes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.UnsuccessfulExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.client.DuplicateJobSubmissionException;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application master's program: it does what the {@link RunOrder} in a run's folder says, one
 * job, and leaves there how far that is and how it ended.
 *
 * <p>It can be run again after its process was lost: Flink then hands it the job that it has
 * recovered in the place of the one that is submitted. Without high availability the job goes on
 * from the run's newest checkpoint. What keeps one attempt from seeing what its job does is no end
 * of the run: the attempt fails, and leaves that to the next one.
 */
public final class ApplicationRun {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationRun.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_A_FIGURE = 15;
  private static final Duration PREPARATION_PAUSE = Duration.ofSeconds(30);
  private static final int PREPARATIONS = 40;
  private static final Duration WRITE_PAUSE = Duration.ofSeconds(5);
  private static final int WRITES = 6;

  private final RunFolder folder;
  private final Duration preparationPause;
  private final Duration writePause;

  /**
   * @param preparationPause before what is out of reach is asked for again
   * @param writePause before the outcome is written again
   */
  ApplicationRun(RunFolder folder, Duration preparationPause, Duration writePause) {
    this.folder = folder;
    this.preparationPause = preparationPause;
    this.writePause = writePause;
  }

  /**
   * Does what stands in a run's folder, to its end.
   *
   * @throws UnsuccessfulExecutionException if there was no job: the application failed, and it is
   *     of no use to try it again
   */
  public static void run(String folder) throws Exception {
    new ApplicationRun(new RunFolder(FileSystems.path(folder)), PREPARATION_PAUSE, WRITE_PAUSE)
        .run();
  }

  void run() throws Exception {
    Optional<RunOutcome> earlier = folder.outcome();
    if (earlier.isPresent()) {
      throw endedBefore(earlier.get());
    }
    try {
      submitAndWatch();
    } catch (JobOutOfSightException e) {
      throw e;
    } catch (ImportException e) {
      throw refused(e);
    } catch (RuntimeException e) {
      throw refused(JobFailures.classified(e, ApplicationRun.class.getClassLoader()));
    }
  }

  /** An attempt before this one told how it ended. Without a job, Flink knows no success. */
  private static UnsuccessfulExecutionException endedBefore(RunOutcome outcome) {
    boolean isFailure = outcome.result() == null || outcome.failure() != null;
    return new UnsuccessfulExecutionException(
        new JobID(),
        isFailure ? ApplicationStatus.FAILED : ApplicationStatus.CANCELED,
        "The run has ended in an earlier attempt",
        outcome.failure());
  }

  private UnsuccessfulExecutionException refused(ImportException failure)
      throws IOException, InterruptedException {
    LOG.error("The import could not be run", failure);
    write(RunOutcome.failed(failure));
    return new UnsuccessfulExecutionException(
        new JobID(), ApplicationStatus.FAILED, failure.problem(), failure);
  }

  /** Without it nobody knows how the run ended. */
  private void write(RunOutcome outcome) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        folder.outcome(outcome);
        return;
      } catch (IOException | RuntimeException e) {
        if (attempt == WRITES) {
          throw e;
        }
        LOG.warn("How the run ended cannot be written to {}; it is tried again", folder.path(), e);
        TimeUnit.NANOSECONDS.sleep(writePause.toNanos());
      }
    }
  }

  private void submitAndWatch() throws Exception {
    RunOrder order = insist(folder::order);
    PreparedImport prepared = insist(() -> prepare(order));
    PreparedStep step = prepared.firstStep();
    ImportRun run =
        new ImportRun(
            new ApplicationJob(submit(step)), step.parallelism(), step.work(), order.startedAt());
    ApplicationFigures figures = new ApplicationFigures(folder, run::figures);
    Optional<CloudWatchPublisher> publisher = prepared.publish(figures::tell);
    try {
      boolean isStopped = watch(run, figures, prepared.errorBudget());
      RunOutcome outcome = outcome(prepared, step, run.result(), isStopped);
      write(outcome);
      publisher.ifPresent(to -> tell(to, outcome, prepared.errorBudget()));
    } catch (InterruptedException | IOException | JobOutOfSightException e) {
      publisher.ifPresent(CloudWatchPublisher::leave);
      throw e;
    } finally {
      publisher.ifPresent(CloudWatchPublisher::close);
    }
  }

  private PreparedImport prepare(RunOrder order) throws IOException {
    ImportFile file = order.read(folder);
    return PreparedImport.prepareRun(file, folder.path(), from(file, order));
  }

  /**
   * Once there may be a job, which Flink has recovered, what is out of reach for a while is no
   * reason to end the run.
   */
  private <T> T insist(Callable<T> preparing) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return preparing.call();
      } catch (RuntimeException e) {
        if (!folder.hasSubmitted()) {
          throw e;
        }
        if (attempt == PREPARATIONS) {
          throw new JobOutOfSightException(
              "The run, which may have a job, cannot be gone on with", e);
        }
        LOG.warn("The run, which may have a job, cannot be gone on with yet", e);
        TimeUnit.NANOSECONDS.sleep(preparationPause.toNanos());
      }
    }
  }

  private static void tell(CloudWatchPublisher publisher, RunOutcome outcome, ErrorBudget budget) {
    if (outcome.result() == null) {
      return;
    }
    RunReport report = outcome.result().report();
    if (outcome.next() == null) {
      boolean isWhole = report.state() != RunState.FINISHED || report.isComplete();
      Ledger ledger = report.ledger();
      boolean isSpent =
          outcome.isStopped()
              || (report.state() == RunState.FINISHED
                  && budget.isSpentAtEnd(ledger.get(Count.REJECTED), ledger.seen()));
      publisher.end(report, outcome.failure() != null || isSpent || !isWhole);
    } else {
      publisher.endStep(report);
    }
  }

  /**
   * The newest checkpoint of this very run, if an earlier attempt at it came to one; else what it
   * was made to go on from.
   */
  private @Nullable ResumePoint from(ImportFile file, RunOrder order) throws IOException {
    Optional<ResumePoint> own =
        folder.latest().map(RunFolder.Dated::point).filter(point -> point.checkpoint() != null);
    if (own.isPresent()) {
      return own.get();
    }
    return order.resumeFrom() == null
        ? null
        : PreparedImport.checkpointsOf(file).resume(order.resumeFrom(), file.identity());
  }

  private JobClient submit(PreparedStep step) throws Exception {
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    folder.submits();
    try {
      return flink.executeAsync(step.job(flink));
    } catch (Exception e) {
      if (ExceptionUtils.findThrowable(e, DuplicateJobSubmissionException.class).isPresent()) {
        write(RunOutcome.failed(lostResult()));
        throw e;
      }
      throw JobFailures.classified(e, ApplicationRun.class.getClassLoader());
    }
  }

  /** In the moment between a job's end and the end of this program its process was lost. */
  private static ImportException lostResult() {
    return new ImportException(
        ErrorCode.INTERNAL,
        "The job has ended, but the application master was lost before it could tell how",
        "Go on with --resume latest if there is a checkpoint; if there is none, the job came to its"
            + " end.");
  }

  /**
   * @return whether the run was stopped because the error budget is spent
   */
  static boolean watch(ImportRun run, ApplicationFigures figures, ErrorBudget budget)
      throws InterruptedException {
    int nextStop = 0;
    for (int look = 0; !run.await(LOOK); look++) {
      if (look % LOOKS_A_FIGURE == 0) {
        show(figures);
      }
      if (look >= nextStop && hasSpent(run, budget)) {
        LOG.info("The error budget is spent: stopping");
        if (run.stop()) {
          return true;
        }
        // It is near its end, or restarts.
        nextStop = look + LOOKS_A_FIGURE;
      }
    }
    return false;
  }

  private static boolean hasSpent(ImportRun run, ErrorBudget budget) {
    try {
      return run.hasSpent(budget);
    } catch (RuntimeException e) {
      LOG.warn("How many items were rejected is not known at the moment", e);
      return false;
    }
  }

  private static void show(ApplicationFigures figures) {
    try {
      figures.show();
    } catch (RuntimeException e) {
      LOG.warn("How far the run is is not known at the moment", e);
    }
  }

  private static RunOutcome outcome(
      PreparedImport prepared, PreparedStep step, ImportRun.Result result, boolean isStopped) {
    Notes notes = new Notes(prepared.warnings(), prepared.deadLetters(), step.label());
    Optional<Path> next =
        result.report().isComplete() ? prepared.nextRun(step, result) : Optional.empty();
    if (next.isPresent() && isSpent(prepared.errorBudget(), result)) {
      return new RunOutcome(result.interrupted(), null, true, null, notes);
    }
    return new RunOutcome(
        result,
        result.failure().orElse(null),
        isStopped,
        next.map(Path::toString).orElse(null),
        notes);
  }

  private static boolean isSpent(ErrorBudget budget, ImportRun.Result result) {
    Ledger ledger = Ledger.ofInterruptedRun(result.report().ledger().counts());
    return budget.isSpent(ledger.get(Count.REJECTED), ledger.seen());
  }
}
