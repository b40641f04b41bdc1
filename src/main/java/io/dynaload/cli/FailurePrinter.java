package io.dynaload.cli;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a failure on one screen: what is wrong and where, then what to do. */
final class FailurePrinter {
  private static final Logger LOG = LoggerFactory.getLogger(FailurePrinter.class);

  private final Terminal terminal;
  private final boolean verbose;

  FailurePrinter(Terminal terminal, boolean verbose) {
    this.terminal = terminal;
    this.verbose = verbose;
  }

  ExitStatus print(Throwable failure) {
    ImportException classified = classified(failure);
    terminal.err().println("error: " + classified.problem());
    terminal.err().println("  " + classified.remedy().replace("\n", "\n  "));
    if (verbose) {
      failure.printStackTrace(terminal.err());
    }
    LOG.info("The command failed", failure);
    return ExitStatus.of(classified.code());
  }

  /** What is shown of it. */
  static ImportException classified(Throwable failure) {
    if (failure instanceof ImportException known) {
      return known;
    }
    if (failure instanceof UncheckedIOException outage) {
      return new ImportException(
          ErrorCode.INTERNAL,
          String.valueOf(outage.getMessage()),
          "This may pass: try again.",
          outage);
    }
    return new ImportException(
        ErrorCode.INTERNAL,
        "an unexpected " + failure,
        "This is a defect of Dynaload: please report it with what --verbose shows.",
        failure);
  }
}
