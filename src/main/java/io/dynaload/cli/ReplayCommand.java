package io.dynaload.cli;

import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.PreparedReplay;
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
    ImportFile read = selection.read().onlyOne();
    ReplayRunner runner = new ReplayRunner(terminal, options);
    Optional<PreparedReplay> found = PreparedReplay.prepare(read);
    if (found.isEmpty()) {
      return runner.nothingToDo(read.pipeline().name());
    }
    try (PreparedReplay prepared = found.get()) {
      return runner.run(prepared);
    }
  }
}
