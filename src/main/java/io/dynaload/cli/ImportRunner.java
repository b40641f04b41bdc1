package io.dynaload.cli;

import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.util.Map;
import java.util.Optional;

/** Runs a prepared import in this process, shows how it goes, and reports how it ended. */
final class ImportRunner {
  private final Terminal terminal;
  private final RunOptions options;

  ImportRunner(Terminal terminal, RunOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  /**
   * Runs an import that can be resumed.
   *
   * @throws ImportException that made the run fail, or REJECTED_ITEMS if the error budget is spent,
   *     after its ledger was printed
   */
  ExitStatus run(PreparedImport prepared) throws InterruptedException {
    prepared
        .resumesFrom()
        .ifPresentOrElse(
            checkpoint -> terminal.err().println("Going on from " + checkpoint),
            () -> tellOfEarlier(prepared));
    ExitStatus status = runOnce(prepared, false);
    if (status == ExitStatus.INTERRUPTED || status == ExitStatus.TERMINATED) {
      tellHowToGoOn(prepared);
    }
    return status;
  }

  /** Runs an import whose servers end with it, so that nothing could be resumed. */
  ExitStatus runTrial(PreparedImport prepared) throws InterruptedException {
    return runOnce(prepared, true);
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

  private ExitStatus runOnce(PreparedImport prepared, boolean isTrial) throws InterruptedException {
    prepared.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
    try (LocalCluster cluster = LocalCluster.start(1, prepared.parallelism());
        Interrupts interrupts = new Interrupts()) {
      ImportRun run = cluster.submit(prepared.toJob());
      ErrorBudget budget = prepared.errorBudget();
      boolean isStopped =
          new RunWatch(terminal).untilTheEnd(run, interrupts, counts -> isSpent(budget, counts));
      ImportRun.Result result = run.result();
      ExitStatus status = end(prepared, result, interrupts.received());
      if (status != ExitStatus.UNEXPECTED) {
        tellOfRejected(prepared, result, isStopped, isTrial);
      }
      return status;
    }
  }

  private static boolean isSpent(ErrorBudget budget, Map<Count, Long> counts) {
    Ledger ledger = Ledger.ofInterruptedRun(counts);
    return budget.isSpent(ledger.get(Count.REJECTED), ledger.seen());
  }

  /**
   * @throws ImportException (REJECTED_ITEMS) if they are too many
   */
  private void tellOfRejected(
      PreparedImport prepared, ImportRun.Result result, boolean isStopped, boolean isTrial) {
    RunReport report = result.report();
    Ledger ledger = report.ledger();
    RejectionNotice notice =
        new RejectionNotice(result.rejected(), prepared.errorBudget(), prepared.deadLetters());
    boolean isWhole = report.state() == RunState.FINISHED;
    boolean isSpent =
        isWhole
            ? prepared.errorBudget().isSpentAtEnd(ledger.get(Count.REJECTED), ledger.seen())
            : isStopped;
    if (!isSpent) {
      notice.printWithinBudget(terminal.err());
    } else if (isTrial) {
      throw notice.ofTrial();
    } else {
      throw isWhole ? notice.ended() : notice.stopped(prepared.newestCheckpoint());
    }
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
