package io.dynaload.cli;

import io.dynaload.emr.Applications;
import io.dynaload.emr.Applications.Application;
import io.dynaload.emr.Diagnostics;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.RunReport;
import io.dynaload.pipeline.HeldRun;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.RunOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an import as applications of a cluster, one for each of its steps, waits for their ends, and
 * tells what the same import would tell in this process. A signal stops the application, with a
 * savepoint.
 */
final class ApplicationRunner {
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int LOOKS_A_LINE = 30;
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationRunner.class);

  private final Terminal terminal;
  private final Applications applications;
  private final Function<String, ProgressView> progress;
  private final Consumer<RunReport> reports;

  /**
   * @param progress shows a step's
   * @param reports takes the report of the run, however it ended
   */
  ApplicationRunner(
      Terminal terminal,
      Applications applications,
      Function<String, ProgressView> progress,
      Consumer<RunReport> reports) {
    this.terminal = terminal;
    this.applications = applications;
    this.progress = progress;
    this.reports = reports;
  }

  /** What the applications of an import are called. */
  static String name(ImportFile file) {
    return "dynaload " + file.pipeline().name();
  }

  /**
   * @throws ImportException (CONFIGURATION) if an application of this import runs already
   */
  static void refuseSecond(ImportFile file, Applications applications) {
    applications.unfinished(name(file)).stream()
        .findFirst()
        .ifPresent(
            running -> {
              throw new ImportException(
                  ErrorCode.CONFIGURATION,
                  file.pipeline().name() + " runs already, as " + running.id(),
                  "Wait until it has ended; or stop it, by the same step with --stop, and go on"
                      + " with --resume latest.");
            });
  }

  /**
   * What an application told of the import, up to the end of its step.
   *
   * @param isStopped whether the error budget is spent
   */
  private record Told(ImportRun.Result result, RunOutcome.Notes notes, boolean isStopped) {
    static @Nullable Told of(@Nullable RunOutcome outcome) {
      return outcome == null || outcome.result() == null
          ? null
          : new Told(outcome.result(), outcome.notes(), outcome.isStopped());
    }

    Told ended(ImportRun.Result result) {
      return new Told(result, notes, isStopped);
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws ImportException that made the run fail, or REJECTED_ITEMS if the error budget is spent,
   *     after its ledger was printed
   */
  ExitStatus run(HeldRun begun, Interrupts interrupts) throws InterruptedException {
    HeldRun run = begun;
    @Nullable Told before = null;
    while (true) {
      Application end = runOne(run, interrupts);
      @Nullable RunOutcome outcome = run.outcome().orElse(null);
      @Nullable Told told = Told.of(outcome);
      if (outcome == null || told == null) {
        run.tidy();
        if (outcome == null && wasStopped(end, interrupts)) {
          return before == null
              ? interrupts.received().orElse(ExitStatus.TERMINATED)
              : end(run, before.ended(before.result().interrupted()), interrupts);
        }
        ImportException failure = outcome == null ? lost(run, end) : failure(outcome);
        if (before == null) {
          throw failure;
        }
        return end(run, before.ended(before.result().failed(failure)), interrupts);
      }
      if (before == null) {
        told.notes().warnings().forEach(each -> terminal.err().println("warning: " + each));
      }
      if (outcome.next() == null) {
        return end(run, told, interrupts);
      }
      terminal.err().println(told.notes().step() + " is done");
      if (interrupts.received().isPresent()) {
        return end(run, told.ended(told.result().interrupted()), interrupts);
      }
      run = run.next(outcome.next());
      before = told;
    }
  }

  /** Tells of a run that came to its end while nobody waited for it. */
  ExitStatus tell(HeldRun finished, Interrupts interrupts) {
    RunOutcome outcome = finished.outcome().orElseThrow();
    terminal
        .err()
        .println(finished.file().pipeline().name() + " is done, by an application that ran alone");
    @Nullable Told told = Told.of(outcome);
    if (told == null) {
      throw failure(outcome);
    }
    return end(finished, told, interrupts);
  }

  /** Of one that said nothing: by a signal to this process, or by somebody else. */
  private boolean wasStopped(Application end, Interrupts interrupts) {
    if (interrupts.received().isPresent()) {
      return true;
    }
    boolean isKilled = end.state() == Applications.State.KILLED;
    if (isKilled) {
      terminal.err().println("The application " + end.id() + " was killed");
    }
    return isKilled;
  }

  private static ImportException failure(RunOutcome outcome) {
    ImportException failure = outcome.failure();
    return failure == null
        ? new ImportException(
            ErrorCode.INTERNAL, "The application ended without a result", "See its log.")
        : failure;
  }

  private ExitStatus end(HeldRun run, Told told, Interrupts interrupts) {
    EndOfRun.Ended ended =
        new EndOfRun.Ended(
            run.file().pipeline().deadLetters().budget(),
            told.notes().deadLetters(),
            run::newestPoint,
            run::clear,
            false);
    // Without a signal to this process, somebody else stopped it.
    return new EndOfRun(terminal, reports, ended)
        .tell(told.result(), told.isStopped(), interrupts.received().orElse(ExitStatus.TERMINATED));
  }

  /** Its master was lost, or never began. */
  private static ImportException lost(HeldRun run, Application end) {
    String said =
        end.diagnostics().isEmpty()
            ? "YARN does not say why"
            : Diagnostics.brief(end.diagnostics());
    return new ImportException(
        ErrorCode.INTERNAL,
        "The application "
            + end.id()
            + " has ended as "
            + end.state()
            + " before it told how: "
            + said,
        "Its log: yarn logs -applicationId "
            + end.id()
            + run.newestPoint()
                .map(point -> "\nTo go on: the same step with --resume latest (from " + point + ")")
                .orElse(""));
  }

  private Application runOne(HeldRun run, Interrupts interrupts) throws InterruptedException {
    String name = name(run.file());
    terminal.err().println(run.file().pipeline().name() + " is submitted");
    Application application = begin(name, run, interrupts);
    terminal.err().println(run.file().pipeline().name() + " runs as " + application.id());
    ProgressView view = progress.apply("");
    boolean isTold = false;
    try {
      for (int look = 1; !application.state().isOver(); look++) {
        if (!isTold && interrupts.received().isPresent()) {
          isTold = true;
          stop(application);
        }
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        if (look % LOOKS_A_LINE == 0) {
          run.figures()
              .ifPresent(figures -> view.show(new ShownFigures(figures), figures.counts()));
        }
        application = applications.look(application.id());
      }
    } finally {
      view.end();
    }
    return application;
  }

  /** Submitting takes as long as the cluster has no room: a signal ends it. */
  private Application begin(String name, HeldRun run, Interrupts interrupts)
      throws InterruptedException {
    FutureTask<Application> submission =
        new FutureTask<>(() -> applications.begin(name, run.folder()));
    Thread thread = new Thread(submission, "submission of " + name);
    thread.setDaemon(true);
    // What finds its classes by the thread needs those of this program.
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    boolean isTold = false;
    while (true) {
      try {
        return submission.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!isTold && interrupts.received().isPresent()) {
          isTold = stopAll(name);
        }
      } catch (ExecutionException e) {
        tidyIfNoneRuns(name, run);
        throw e.getCause() instanceof RuntimeException known
            ? known
            : new IllegalStateException(e.getCause());
      }
    }
  }

  /** YARN may have taken it although this process was told otherwise. */
  private void tidyIfNoneRuns(String name, HeldRun run) {
    try {
      if (applications.unfinished(name).isEmpty()) {
        run.tidy();
      }
    } catch (ImportException e) {
      LOG.warn("Whether {} runs is not known: {} is left as it is", name, run.folder(), e);
    }
  }

  /**
   * @return whether there was one
   */
  private boolean stopAll(String name) throws InterruptedException {
    try {
      List<Application> waiting = applications.unfinished(name);
      for (Application each : waiting) {
        stop(each);
      }
      return !waiting.isEmpty();
    } catch (ImportException e) {
      LOG.warn("Whether {} waits for room is not known", name, e);
      return false;
    }
  }

  /** Whatever becomes of that, its outcome decides how the run ended. */
  private void stop(Application application) throws InterruptedException {
    terminal.err().println("Stopping " + application.id() + ": taking a savepoint");
    try {
      if (!applications.stop(application.id())) {
        terminal.err().println("No savepoint could be taken; the checkpoint before it stands.");
      }
    } catch (RuntimeException e) {
      LOG.warn("{} could not be stopped", application.id(), e);
      terminal.err().println("warning: " + FailurePrinter.classified(e).problem());
      terminal
          .err()
          .println(
              "Waiting for the end of the application; a second signal ends this command alone.");
    }
  }
}
