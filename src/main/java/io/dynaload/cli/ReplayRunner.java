package io.dynaload.cli;

import io.dynaload.cli.EndOfRun.Ended;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedReplay;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a replay in this process, shows how it goes, and reports how it ended. It always goes to its
 * end: what it cannot write is in the dead letters before as after, and the error budget says only
 * how it ends.
 */
final class ReplayRunner {
  private final Terminal terminal;
  private final ProgressView progress;
  private final Consumer<RunReport> reports;

  /**
   * @param reports takes the report of the replay, however it ended
   */
  ReplayRunner(Terminal terminal, ProgressView progress, Consumer<RunReport> reports) {
    this.terminal = terminal;
    this.progress = progress;
    this.reports = reports;
  }

  /**
   * Replays the dead letters of an import, if there are any.
   *
   * @throws ImportException that made it fail, or REJECTED_ITEMS if it could not write more items
   *     than the error budget allows, after its ledger was printed
   */
  ExitStatus run(ImportFile file, Interrupts interrupts) throws InterruptedException {
    Optional<PreparedReplay> found = PreparedReplay.prepare(file);
    if (found.isEmpty()) {
      return nothingToDo(file.pipeline().name());
    }
    try (PreparedReplay prepared = found.get()) {
      return run(prepared, interrupts);
    }
  }

  private ExitStatus nothingToDo(String name) {
    terminal.out().println("There are no dead letters of " + name + " to replay.");
    reports.accept(
        new RunReport(
            name, RunState.FINISHED, Ledger.ofWholeRun(Map.of()), Instant.now(), Duration.ZERO));
    return ExitStatus.OK;
  }

  private ExitStatus run(PreparedReplay prepared, Interrupts interrupts)
      throws InterruptedException {
    terminal
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "Dead letters to replay: %,d, from %,d of the import's files",
                prepared.letters(),
                prepared.files()));
    if (prepared.lettersWithoutItem() > 0) {
      terminal
          .err()
          .println(
              String.format(
                  Locale.ROOT,
                  "warning: %,d of them hold what the source could not read (raw), which is"
                      + " rejected again: put an item in its place, {\"id\":{\"S\":\"a\"},…}",
                  prepared.lettersWithoutItem()));
    }
    try (LocalCluster cluster = LocalCluster.start(1, prepared.parallelism())) {
      ImportRun run = cluster.submit(prepared.toJob());
      new RunWatch(terminal, progress).untilTheEnd(run, interrupts, running -> false);
      return end(prepared, run.result(), interrupts.received());
    }
  }

  private ExitStatus end(
      PreparedReplay prepared, ImportRun.Result result, Optional<ExitStatus> interrupted) {
    if (result.report().state() != RunState.FINISHED) {
      terminal.err().println("Nothing counts as replayed: the same command begins anew.");
    }
    Ended ended =
        new Ended(
            prepared.errorBudget(),
            prepared.deadLetters(),
            Optional::empty,
            prepared::markReplayed,
            false);
    ExitStatus status =
        new EndOfRun(terminal, reports, ended)
            .tellLedger(result, interrupted.orElse(ExitStatus.INTERRUPTED));
    if (status == ExitStatus.OK) {
      tellOfRejected(prepared, result);
    }
    return status;
  }

  private void tellOfRejected(PreparedReplay prepared, ImportRun.Result result) {
    Ledger ledger = result.report().ledger();
    RejectionNotice notice =
        new RejectionNotice(result.rejected(), prepared.errorBudget(), prepared.deadLetters());
    if (prepared.errorBudget().isSpentAtEnd(ledger.get(Count.REJECTED), ledger.seen())) {
      throw notice.ofReplay();
    }
    notice.printWithinBudget(terminal.err());
  }
}
