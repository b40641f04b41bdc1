package io.dynaload.cli;

import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.PreparedImport;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells how an import ended, wherever it ran: its ledger, what was rejected, what went wrong. */
final class EndOfRun {
  private final Terminal terminal;
  private final Consumer<RunReport> reports;
  private final Ended ended;

  /**
   * What ended.
   *
   * @param deadLetters the folder of the rejected items
   * @param newestPoint where a later run could go on from
   * @param clear clears that away, as there is nothing left to do
   */
  record Ended(
      ErrorBudget budget,
      String deadLetters,
      Supplier<Optional<String>> newestPoint,
      Runnable clear,
      boolean isTrial) {
    static Ended of(PreparedImport prepared, boolean isTrial) {
      return new Ended(
          prepared.errorBudget(),
          prepared.deadLetters(),
          prepared::newestCheckpoint,
          prepared::clearCheckpoints,
          isTrial);
    }
  }

  EndOfRun(Terminal terminal, Consumer<RunReport> reports, Ended ended) {
    this.terminal = terminal;
    this.reports = reports;
    this.ended = ended;
  }

  /**
   * @param isStopped whether it was stopped because the error budget is spent
   * @param interrupted what one that was interrupted ends with
   * @throws ImportException that made the run fail, or REJECTED_ITEMS if too many were rejected
   */
  ExitStatus tell(ImportRun.Result result, boolean isStopped, ExitStatus interrupted) {
    ExitStatus status = tellLedger(result, interrupted);
    if (status != ExitStatus.UNEXPECTED) {
      tellOfRejected(result, isStopped);
    }
    return status;
  }

  /** The same without a word of the rejected items. */
  ExitStatus tellLedger(ImportRun.Result result, ExitStatus interrupted) {
    RunReport report = result.report();
    terminal.out().println(report.summary());
    reports.accept(report);
    if (report.isComplete()) {
      ended.clear().run();
    }
    result
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    if (report.state() == RunState.INTERRUPTED) {
      return interrupted;
    }
    if (!report.isComplete()) {
      terminal.err().println("error: the ledger does not balance; please report this");
      return ExitStatus.UNEXPECTED;
    }
    return ExitStatus.OK;
  }

  private void tellOfRejected(ImportRun.Result result, boolean isStopped) {
    RunReport report = result.report();
    Ledger ledger = report.ledger();
    RejectionNotice notice =
        new RejectionNotice(result.rejected(), ended.budget(), ended.deadLetters());
    boolean isWhole = report.state() == RunState.FINISHED;
    boolean isSpent =
        isWhole
            ? ended.budget().isSpentAtEnd(ledger.get(Count.REJECTED), ledger.seen())
            : isStopped;
    if (!isSpent && ended.isTrial()) {
      notice.printOfTrial(terminal.err());
    } else if (!isSpent) {
      notice.printWithinBudget(terminal.err());
    } else if (ended.isTrial()) {
      throw notice.ofTrial();
    } else {
      throw isWhole ? notice.ended() : notice.stopped(ended.newestPoint().get());
    }
  }
}
