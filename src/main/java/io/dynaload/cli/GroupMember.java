package io.dynaload.cli;

import io.dynaload.metrics.GroupReport;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of several imports, and how it ended, once it has. Of one thread at a time: first of the one
 * that prepares it, then of the one that runs it, then of the one that reports it.
 */
final class GroupMember {
  final String name;
  final ImportFile file;

  /** Null until it is prepared, and if it could not be, or is done already. */
  GroupRunner.@Nullable Ready prepared;

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

  static GroupMember of(Map.Entry<String, ImportFile> named) {
    return new GroupMember(named.getKey(), named.getValue());
  }

  /** The report of them all, now that each has ended. */
  static GroupReport report(String name, List<GroupMember> all, Instant startedAt) {
    return new GroupReport(
        name,
        all.stream().map(GroupMember::part).toList(),
        startedAt,
        Duration.between(startedAt, Instant.now()));
  }

  /** What may fail without concerning the other imports. */
  interface Action {
    void run() throws InterruptedException;
  }

  /** Does it; whatever goes wrong is told, and remembered. */
  void attempt(Terminal terminal, boolean verbose, Action action) {
    try {
      action.run();
    } catch (InterruptedException | RuntimeException | Error e) {
      status = ExitStatus.UNEXPECTED;
      error = FailurePrinter.classified(e).problem();
      status = new FailurePrinter(terminal, verbose).print(e);
    }
  }

  /**
   * The exit status of them all.
   *
   * @param signal that was received; it counts only if it left something undone
   */
  static ExitStatus worst(List<GroupMember> all, Optional<ExitStatus> signal) {
    Stream<ExitStatus> own = all.stream().map(each -> each.status);
    boolean isDone = all.stream().allMatch(each -> each.part().isDone());
    return ExitStatus.worst(Stream.concat(own, isDone ? Stream.empty() : signal.stream()).toList());
  }

  void takeReport(RunReport made) {
    report = made;
  }

  GroupReport.Part part() {
    return new GroupReport.Part(report == null ? reportOfNothing() : report, status.code(), error);
  }

  private RunReport reportOfNothing() {
    return new RunReport(
        file.pipeline().name(),
        status.isInterrupt() ? RunState.INTERRUPTED : RunState.FAILED,
        Ledger.ofInterruptedRun(Map.of()),
        Instant.now(),
        Duration.ZERO);
  }
}
