package io.dynaload.cli;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.GroupReport;
import io.dynaload.metrics.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command which runs an import has. */
final class RunOptions {
  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Write the ledger of the run to this file as JSON.")
  @Nullable Path report;

  @Option(names = "--verbose", description = "Show where a failure comes from (the stack trace).")
  boolean verbose;

  /**
   * Finds out whether the report can be written: better before the hours of a run than after them.
   *
   * @throws ImportException (CONFIGURATION) if it cannot
   */
  void check() {
    if (report == null) {
      return;
    }
    Path file = report.toAbsolutePath();
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, "dynaload", ".part"));
      }
    } catch (IOException e) {
      throw unwritable(report, e);
    }
  }

  /** Writes the report, if one is asked for. */
  void write(RunReport made) {
    write(made::write);
  }

  /** Writes the report of several imports, if one is asked for. */
  void write(GroupReport made) {
    write(made::write);
  }

  private interface Writing {
    void to(Path file) throws IOException;
  }

  private void write(Writing writing) {
    if (report == null) {
      return;
    }
    try {
      writing.to(report);
    } catch (IOException e) {
      throw unwritable(report, e);
    }
  }

  private static ImportException unwritable(Path file, IOException e) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "--report " + file + " cannot be written: " + e.getMessage(),
        "Name a file that can be. The summary line says the same as the report.",
        e);
  }
}
