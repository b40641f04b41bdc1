package io.dynaload.cli;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * @throws ImportException that made the run fail, after its ledger was printed
   */
  ExitStatus run(PreparedImport prepared) throws InterruptedException {
    checkReport();
    prepared
        .resumesFrom()
        .ifPresent(checkpoint -> terminal.err().println("Going on from " + checkpoint));
    prepared
        .unfinished()
        .ifPresent(
            checkpoint ->
                terminal
                    .err()
                    .println(
                        "Note: an earlier run of this import left a checkpoint; this one begins"
                            + " anew (--resume latest would go on from "
                            + checkpoint
                            + ")"));
    try (LocalCluster cluster = LocalCluster.start(1, prepared.parallelism());
        Interrupts interrupts = new Interrupts()) {
      ImportRun run = cluster.submit(prepared.toJob());
      Optional<ExitStatus> interrupted = watch(run, interrupts);
      return end(prepared, run.result(), interrupted);
    }
  }

  /** Better before the hours of a run than after them. */
  private void checkReport() {
    if (options.report == null) {
      return;
    }
    Path file = options.report.toAbsolutePath();
    Path folder = file.getParent();
    if (Files.isDirectory(file)
        || (Files.exists(file) && !Files.isWritable(file))
        || (folder != null && Files.exists(folder) && !Files.isWritable(folder))) {
      throw unwritable(options.report, "it is a folder, or not for this user to write");
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
          run.interrupt();
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
    if (options.report != null) {
      write(report, options.report);
    }
    result
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    if (report.state() == RunState.INTERRUPTED) {
      terminal.err().println("To go on: the same command with --resume latest");
      return interrupted.orElse(ExitStatus.INTERRUPTED);
    }
    if (!report.isComplete()) {
      terminal.err().println("error: the ledger does not balance; please report this");
      return ExitStatus.UNEXPECTED;
    }
    prepared.clearCheckpoints();
    return ExitStatus.OK;
  }

  private static void write(RunReport report, Path file) {
    try {
      report.write(file);
    } catch (IOException e) {
      throw unwritable(file, e.toString());
    }
  }

  private static ImportException unwritable(Path file, String why) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "--report " + file + " cannot be written: " + why,
        "Name a file that can be. The summary line says the same as the report.");
  }
}
