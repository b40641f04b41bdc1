package io.dynaload.cli;

import io.dynaload.metrics.GroupReport;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.PreparedImport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of several imports, and how it ended, once it has. Of one thread at a time: first of the one
 * that prepares it, then of the one that runs it, then of the one that reports it.
 */
final class GroupMember {
  final String name;
  final ImportFile file;

  /** Null until it is prepared, and if it could not be, or is done already. */
  @Nullable PreparedImport prepared;

  ExitStatus status = ExitStatus.OK;

  /** What is wrong; empty if nothing is known to be. */
  String error = "";

  /** Null if it never ran. */
  @Nullable RunReport report;

  /**
   * @param name that it has in its file
   */
  GroupMember(String name, ImportFile file) {
    this.name = name;
    this.file = file;
  }

  GroupReport.Part part() {
    return new GroupReport.Part(report == null ? reportOfNothing() : report, status.code(), error);
  }

  private RunReport reportOfNothing() {
    boolean isInterrupted = status == ExitStatus.INTERRUPTED || status == ExitStatus.TERMINATED;
    return new RunReport(
        file.pipeline().name(),
        isInterrupted ? RunState.INTERRUPTED : RunState.FAILED,
        Ledger.ofInterruptedRun(Map.of()),
        Instant.now(),
        Duration.ZERO);
  }
}
