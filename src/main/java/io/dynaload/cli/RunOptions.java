package io.dynaload.cli;

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
}
