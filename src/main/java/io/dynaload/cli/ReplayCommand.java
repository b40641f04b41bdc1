package io.dynaload.cli;

import io.dynaload.capacity.SharedLimit;
import io.dynaload.metrics.GroupReport;
import io.dynaload.pipeline.ImportsFile;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts the dead letters of an import through transform and sink again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Writes the dead letters of an import, each once: those of all its runs that no replay has"
            + " replayed. What fails again is in the dead letters of the replay.")
final class ReplayCommand extends RunCommand {
  @Mixin private final ImportSelection selection = new ImportSelection();

  ReplayCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitStatus run() throws Exception {
    ImportsFile read = selection.read();
    try (Interrupts interrupts = new Interrupts()) {
      return read.isSeveral()
          ? runAll(read, interrupts)
          : new ReplayRunner(terminal, new ProgressPrinter(terminal, ""), options::write)
              .run(read.onlyOne(), interrupts);
    }
  }

  /** One import's after the other's, up to an interrupt. */
  private ExitStatus runAll(ImportsFile file, Interrupts interrupts) {
    Instant startedAt = Instant.now();
    List<GroupMember> all = file.imports().entrySet().stream().map(GroupMember::of).toList();
    Board board = new Board(terminal, all.size());
    try (SharedLimit limits = file.openLimits()) {
      for (GroupMember each : all) {
        interrupts
            .received()
            .ifPresentOrElse(signal -> each.status = signal, () -> replay(each, board, interrupts));
      }
    }
    GroupReport report = GroupMember.report(file.name(), all, startedAt);
    terminal.out().println(report.summary());
    options.write(report);
    return GroupMember.worst(all, interrupts.received());
  }

  private void replay(GroupMember each, Board board, Interrupts interrupts) {
    Terminal own = board.terminalOf(each.name);
    ReplayRunner runner = new ReplayRunner(own, board.progressOf(each.name, ""), each::takeReport);
    each.attempt(own, options.verbose, () -> each.status = runner.run(each.file, interrupts));
    board.ended(each.name, each.part());
  }
}
