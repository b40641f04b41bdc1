package io.dynaload.cli;

import io.dynaload.error.ImportException;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.time.Duration;
import java.util.Optional;

/** Runs a prepared import in this process, shows how it goes, and reports how it ended. */
final class ImportRunner {
  private static final Duration REDRAW = Duration.ofMillis(250);

  private final Terminal terminal;
  private final RunOptions options;

  ImportRunner(Terminal terminal, RunOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  /**
   * Runs an import that can be resumed.
   *
   * @throws ImportException that made the run fail, after its ledger was printed
   */
  ExitStatus run(PreparedImport prepared) throws InterruptedException {
    prepared
        .resumesFrom()
        .ifPresentOrElse(
            checkpoint -> terminal.err().println("Going on from " + checkpoint),
            () -> tellOfEarlier(prepared));
    ExitStatus status = runOnce(prepared);
    if (status == ExitStatus.INTERRUPTED || status == ExitStatus.TERMINATED) {
      tellHowToGoOn(prepared);
    }
    return status;
  }

  /** Runs an import whose servers end with it, so that nothing could be resumed. */
  ExitStatus runTrial(PreparedImport prepared) throws InterruptedException {
    return runOnce(prepared);
  }

  private void tellOfEarlier(PreparedImport prepared) {
    prepared
        .newestCheckpoint()
        .ifPresent(
            checkpoint ->
                terminal
                    .err()
                    .println(
                        "Note: an earlier run of this import left a checkpoint; this one begins"
                            + " anew (--resume latest would go on from "
                            + checkpoint
                            + ")"));
  }

  private void tellHowToGoOn(PreparedImport prepared) {
    terminal
        .err()
        .println(
            prepared
                .newestCheckpoint()
                .map(
                    checkpoint ->
                        "To go on: the same command with --resume latest (from " + checkpoint + ")")
                .orElse(
                    "No checkpoint was completed: the same command begins anew, which writes the"
                        + " same items once more."));
  }

  private ExitStatus runOnce(PreparedImport prepared) throws InterruptedException {
    prepared.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
    try (LocalCluster cluster = LocalCluster.start(1, prepared.parallelism());
        Interrupts interrupts = new Interrupts()) {
      ImportRun run = cluster.submit(prepared.toJob());
      Optional<ExitStatus> interrupted = watch(run, interrupts);
      return end(prepared, run.result(), interrupted);
    }
  }

  private Optional<ExitStatus> watch(ImportRun run, Interrupts interrupts)
      throws InterruptedException {
    ProgressPrinter progress = new ProgressPrinter(terminal);
    try {
      while (!run.await(REDRAW)) {
        progress.show(run.live());
        if (interrupts.received().isPresent()) {
          progress.end();
          terminal.err().println("Stopping: taking a last checkpoint");
          if (!run.interrupt()) {
            terminal.err().println("No last checkpoint could be taken; the one before it stands.");
          }
          return interrupts.received();
        }
      }
    } finally {
      progress.end();
    }
    return Optional.empty();
  }

  private ExitStatus end(
      PreparedImport prepared, ImportRun.Result result, Optional<ExitStatus> interrupted) {
    RunReport report = result.report();
    terminal.out().println(report.summary());
    if (report.isComplete()) {
      prepared.clearCheckpoints();
    }
    options.write(report);
    result
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    if (report.state() == RunState.INTERRUPTED) {
      return interrupted.orElse(ExitStatus.INTERRUPTED);
    }
    if (!report.isComplete()) {
      terminal.err().println("error: the ledger does not balance; please report this");
      return ExitStatus.UNEXPECTED;
    }
    return ExitStatus.OK;
  }
}
