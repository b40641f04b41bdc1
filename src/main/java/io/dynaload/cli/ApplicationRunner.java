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
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs an import as applications of a cluster, one for each of its steps, waits for their ends, and
 * tells what the same import would tell in this process. A signal stops the application, with a
 * savepoint.
 */
final class ApplicationRunner {
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
      ApplicationWatch watch = new ApplicationWatch(terminal, applications, run, interrupts);
      Application end;
      @Nullable RunOutcome outcome;
      try {
        end = watch.untilTheEnd(watch.begin(name(run.file())), progress.apply(""));
        outcome = run.outcome().orElse(null);
      } catch (ImportException e) {
        if (before == null) {
          throw e;
        }
        return end(run, before.ended(before.result().failed(e)), interrupts);
      }
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
      if (interrupts.received().isPresent() || isToStop(run)) {
        return end(run, told.ended(told.result().interrupted()), interrupts);
      }
      before = told;
      try {
        run = run.next(outcome.next());
      } catch (ImportException e) {
        return end(run, told.ended(told.result().failed(e)), interrupts);
      }
    }
  }

  private boolean isToStop(HeldRun run) {
    boolean isToStop = run.isToStop();
    if (isToStop) {
      terminal.err().println("Stopping before the next step, as was asked by --stop");
    }
    return isToStop;
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
}
