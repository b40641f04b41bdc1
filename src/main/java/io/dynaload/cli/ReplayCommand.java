package io.dynaload.cli;

import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.PreparedReplay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts the dead letters of an import through transform and sink again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Writes the dead letters of an import, each once: those of all its runs that no replay has"
            + " replayed. What fails again is in the dead letters of the replay.")
final class ReplayCommand extends RunCommand {
  @Parameters(paramLabel = "FILE", description = "The import file (YAML).")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a value of the file, for example sink.table=x. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  ReplayCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitStatus run() throws Exception {
    ImportFile read = ImportFile.read(file, overrides);
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
