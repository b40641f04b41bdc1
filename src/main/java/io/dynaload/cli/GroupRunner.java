package io.dynaload.cli;

import io.dynaload.capacity.SharedLimit;
import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.GroupReport;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.pipeline.ImportGroup;
import io.dynaload.pipeline.ImportsFile;
import io.dynaload.pipeline.PreparedImport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs several imports in this process, a job each, so many at a time as their file says, and
 * reports how they ended. One that fails does not stop the others; a signal stops all, each with a
 * last checkpoint. One that somebody else stops lets those go on that run, but none begins any
 * more.
 */
final class GroupRunner {
  private final Terminal terminal;
  private final RunOptions options;
  private final boolean isTrial;
  private final ImportsFile file;
  private final Preparing preparing;
  private final AtomicReference<ExitStatus> stopped = new AtomicReference<>();

  /** An import that is ready to run, wherever that is. */
  interface Ready {
    /**
     * Runs it.
     *
     * @param progress shows a step's, by the step's label
     * @param reports takes the report, however it ended
     */
    ExitStatus run(
        Terminal own,
        Function<String, ProgressView> progress,
        Consumer<RunReport> reports,
        Interrupts interrupts)
        throws InterruptedException;
  }

  /** Looks at an import before any of them runs. */
  interface Preparing {
    Ready prepare(GroupMember each);
  }

  /**
   * Of imports that run in this process.
   *
   * @param isTrial whether their servers end with them, so that nothing could be resumed
   */
  GroupRunner(Terminal terminal, RunOptions options, ImportsFile file, boolean isTrial) {
    this.terminal = terminal;
    this.options = options;
    this.file = file;
    this.isTrial = isTrial;
    this.preparing = each -> here(each, isTrial);
  }

  /** Of imports that run elsewhere. */
  GroupRunner(Terminal terminal, RunOptions options, ImportsFile file, Preparing preparing) {
    this.terminal = terminal;
    this.options = options;
    this.file = file;
    this.isTrial = false;
    this.preparing = preparing;
  }

  private static Ready here(GroupMember each, boolean isTrial) {
    PreparedImport prepared =
        isTrial ? PreparedImport.prepareTrial(each.file) : PreparedImport.prepareToGoOn(each.file);
    return (own, progress, reports, interrupts) -> {
      prepared.resumesFrom().ifPresent(point -> own.err().println("going on from " + point));
      return new ImportRunner(own, progress, reports).runOnce(prepared, interrupts, isTrial);
    };
  }

  /**
   * Runs what is not done.
   *
   * @param resume {@code latest}, the path of a run, or null to begin anew
   */
  ExitStatus run(@Nullable String resume) throws InterruptedException {
    Instant startedAt = Instant.now();
    try (Interrupts interrupts = new Interrupts()) {
      if (resume == null && !isTrial) {
        ImportGroup.latest(file).ifPresent(this::tellOfEarlier);
      }
      ImportGroup group =
          resume == null ? ImportGroup.begin(file, startedAt) : ImportGroup.resume(file, resume);
      if (resume != null) {
        terminal.err().println("Going on from " + group);
      }
      List<GroupMember> all = new ArrayList<>();
      file.imports().forEach((name, each) -> all.add(new GroupMember(name, group.within(each))));
      runAll(group, all, interrupts);
      return end(group, all, startedAt, interrupts.received());
    }
  }

  private void tellOfEarlier(ImportGroup earlier) {
    terminal
        .err()
        .println(
            "Note: an earlier run of these imports did not come to its end; this one begins anew"
                + " (--resume latest would go on from "
                + earlier
                + ")");
  }

  private void runAll(ImportGroup group, List<GroupMember> all, Interrupts interrupts)
      throws InterruptedException {
    Board board = new Board(terminal, all.size());
    ExecutorService workers = Executors.newFixedThreadPool(file.maxConcurrent());
    try (SharedLimit limits = file.openLimits()) {
      // All of them first: what is wrong with the last one is better told now than in an hour.
      for (GroupMember each : all) {
        if (interrupts.received().isEmpty()) {
          guarded(each, board, () -> prepare(group, each, board));
        }
      }
      List<Future<?>> running = new ArrayList<>();
      for (GroupMember each : all) {
        running.add(
            workers.submit(() -> guarded(each, board, () -> run(group, each, board, interrupts))));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      workers.shutdownNow();
    }
  }

  private void guarded(GroupMember each, Board board, GroupMember.Action action) {
    each.attempt(board.terminalOf(each.name), options.verbose, action);
  }

  private void prepare(ImportGroup group, GroupMember each, Board board) {
    Optional<RunReport> done = group.done(each.file);
    if (done.isPresent()) {
      each.report = done.get();
      board.ended(each.name, each.part());
      board.terminalOf(each.name).err().println("done by an earlier run");
      checkBudget(each, done.get().ledger());
      return;
    }
    each.prepared = preparing.prepare(each);
  }

  private void run(ImportGroup group, GroupMember each, Board board, Interrupts interrupts)
      throws InterruptedException {
    Ready prepared = each.prepared;
    if (prepared == null) {
      if (each.report == null && each.status == ExitStatus.OK) {
        each.status = interrupts.received().orElse(ExitStatus.INTERRUPTED);
      }
      return;
    }
    Optional<ExitStatus> stop = interrupts.received().or(() -> Optional.ofNullable(stopped.get()));
    if (stop.isPresent()) {
      each.status = stop.get();
      return;
    }
    each.status =
        prepared.run(
            board.terminalOf(each.name),
            step -> board.progressOf(each.name, step),
            report -> {
              each.takeReport(report);
              board.ended(each.name, each.part());
              if (report.isComplete()) {
                group.markDone(each.file, report);
              }
            },
            interrupts);
    if (each.status.isInterrupt()) {
      stopped.set(each.status);
    }
  }

  /** An earlier command told of it; this one must not end as if all were well. */
  private void checkBudget(GroupMember done, Ledger ledger) {
    ErrorBudget budget = done.file.pipeline().deadLetters().budget();
    if (budget.isSpentAtEnd(ledger.get(Count.REJECTED), ledger.seen())) {
      throw new ImportException(
          ErrorCode.REJECTED_ITEMS,
          "It is done, with more rejected items than pipeline.error-budget: " + budget + " allows",
          "Mend the dead letters, or what refused them, then: ./run.sh replay FILE --import "
              + done.name);
    }
  }

  private ExitStatus end(
      ImportGroup group, List<GroupMember> all, Instant startedAt, Optional<ExitStatus> signal) {
    GroupReport report = GroupMember.report(file.name(), all, startedAt);
    terminal.out().println(report.summary());
    options.write(report);
    boolean canGoOn = group.tidy(file);
    if (report.done() < all.size() && !isTrial) {
      tellWhatIsLeft(group, all, canGoOn);
    }
    return GroupMember.worst(all, signal);
  }

  private void tellWhatIsLeft(ImportGroup group, List<GroupMember> all, boolean canGoOn) {
    String left =
        all.stream()
            .filter(each -> !each.part().isDone())
            .map(each -> each.name + " (exit code " + each.status.code() + ")")
            .collect(Collectors.joining(", "));
    terminal.err().println("Not done: " + left);
    terminal
        .err()
        .println(
            canGoOn
                ? "To go on with what is not done: the same command with --resume latest (from "
                    + group
                    + ")"
                : "None has come as far as a checkpoint: the same command begins anew.");
  }
}
