package io.dynaload.cli;

import io.dynaload.metrics.GroupReport;
import io.dynaload.pipeline.ImportsFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    return read.isSeveral()
        ? runAll(read)
        : new ReplayRunner(terminal, new ProgressPrinter(terminal, ""), options::write)
            .run(read.onlyOne());
  }

  /** One import's after the other's, up to an interrupt. */
  private ExitStatus runAll(ImportsFile file) {
    Instant startedAt = Instant.now();
    List<GroupMember> all = file.imports().entrySet().stream().map(GroupMember::of).toList();
    Board board = new Board(terminal, all.size());
    Optional<ExitStatus> interrupted = Optional.empty();
    for (GroupMember each : all) {
      if (interrupted.isPresent()) {
        each.status = interrupted.get();
        continue;
      }
      Terminal own = board.terminalOf(each.name);
      ReplayRunner runner =
          new ReplayRunner(own, board.progressOf(each.name, ""), each::takeReport);
      each.attempt(own, options.verbose, () -> each.status = runner.run(each.file));
      board.ended(each.part());
      interrupted = Optional.of(each.status).filter(ExitStatus::isInterrupt);
    }
    GroupReport report = GroupMember.report(file.name(), all, startedAt);
    terminal.out().println(report.summary());
    options.write(report);
    return ExitStatus.worst(all.stream().map(each -> each.status).toList());
  }
}
