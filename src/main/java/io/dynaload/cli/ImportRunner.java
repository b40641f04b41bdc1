package io.dynaload.cli;

import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import io.dynaload.pipeline.PreparedStep;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs a prepared import in this process, shows how it goes, and reports how it ended. */
final class ImportRunner {
  private final Terminal terminal;
  private final Function<String, ProgressView> progress;
  private final Consumer<RunReport> reports;

  ImportRunner(Terminal terminal, RunOptions options) {
    this(terminal, label -> new ProgressPrinter(terminal, label), options::write);
  }

  /**
   * @param progress shows a step's, by the step's label, which is empty if it is the only one
   * @param reports takes the report of the run, however it ended, before its checkpoints are
   *     cleared away
   */
  ImportRunner(
      Terminal terminal, Function<String, ProgressView> progress, Consumer<RunReport> reports) {
    this.terminal = terminal;
    this.progress = progress;
    this.reports = reports;
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
    ExitStatus status;
    try (Interrupts interrupts = new Interrupts()) {
      status = runOnce(prepared, interrupts, false);
    }
    if (status == ExitStatus.INTERRUPTED || status == ExitStatus.TERMINATED) {
      tellHowToGoOn(prepared);
    }
    return status;
  }

  /** Runs an import whose servers end with it, so that nothing could be resumed. */
  ExitStatus runTrial(PreparedImport prepared) throws InterruptedException {
    try (Interrupts interrupts = new Interrupts()) {
      return runOnce(prepared, interrupts, true);
    }
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

  /**
   * Runs an import, and says nothing of what went before it and how to go on.
   *
   * @throws ImportException as {@link #run} does
   */
  ExitStatus runOnce(PreparedImport prepared, Interrupts interrupts, boolean isTrial)
      throws InterruptedException {
    prepared.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
    try (RunPublisher publisher = new RunPublisher(prepared);
        LocalCluster cluster = LocalCluster.start(1, prepared.parallelism())) {
      Ending ending = runSteps(prepared, cluster, publisher, interrupts);
      boolean hasFailed = true;
      try {
        ExitStatus status =
            new EndOfRun(terminal, reports, EndOfRun.Ended.of(prepared, isTrial))
                .tell(
                    ending.result(),
                    ending.isStopped(),
                    interrupts.received().orElse(ExitStatus.INTERRUPTED));
        hasFailed = status == ExitStatus.UNEXPECTED;
        return status;
      } finally {
        publisher.end(ending.result().report(), hasFailed);
      }
    }
  }

  /**
   * @param isStopped whether it was stopped because the error budget is spent
   */
  private record Ending(ImportRun.Result result, boolean isStopped) {}

  /** One step after another, up to the first that does not come to its end. */
  private Ending runSteps(
      PreparedImport prepared, LocalCluster cluster, RunPublisher publisher, Interrupts interrupts)
      throws InterruptedException {
    ErrorBudget budget = prepared.errorBudget();
    PreparedStep step = prepared.firstStep();
    while (true) {
      ImportRun run = cluster.submit(step);
      publisher.watch(run);
      boolean isStopped =
          new RunWatch(terminal, progress.apply(step.label()))
              .untilTheEnd(run, interrupts, running -> running.hasSpent(budget));
      ImportRun.Result result = run.result();
      Optional<PreparedStep> next =
          result.report().isComplete() ? prepared.next(step, result) : Optional.empty();
      if (next.isEmpty()) {
        return new Ending(result, isStopped);
      }
      terminal.err().println(step.label() + " is done");
      boolean isSpent = isSpent(budget, result.report().ledger().counts());
      if (isSpent || interrupts.received().isPresent()) {
        return new Ending(result.interrupted(), isSpent);
      }
      step = next.get();
    }
  }

  private static boolean isSpent(ErrorBudget budget, Map<Count, Long> counts) {
    Ledger ledger = Ledger.ofInterruptedRun(counts);
    return budget.isSpent(ledger.get(Count.REJECTED), ledger.seen());
  }
}
