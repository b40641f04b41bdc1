package io.dynaload.cli;

import io.dynaload.pipeline.ImportsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The import file of a command, and what is said of it on the command line. */
final class ImportSelection {
  @Parameters(paramLabel = "FILE", description = "The import file (YAML).")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Set a value of the file, for example sink.table=x; of one of several imports,"
              + " imports.NAME.sink.table=x. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--import",
      paramLabel = "NAME",
      description = "Of a file with several imports, only this one. May be repeated.")
  private List<String> names = new ArrayList<>();

  /** Reads it. */
  ImportsFile read() {
    return ImportsFile.read(file, overrides).only(names);
  }
}
