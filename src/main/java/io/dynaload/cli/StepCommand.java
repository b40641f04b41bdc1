package io.dynaload.cli;

import io.dynaload.emr.Applications;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.pipeline.HeldRun;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportGroup;
import io.dynaload.pipeline.ImportsFile;
import io.dynaload.pipeline.RunOrder;
import io.dynaload.pipeline.SharedFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a step of EMR runs on the primary node: an import, or several, as applications of the
 * cluster, to their ends.
 */
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    description =
        "Runs the import, or the imports, that a file describes as YARN applications, and waits for"
            + " their ends. For a step of EMR: by the cluster's own flink.")
final class StepCommand extends RunCommand {
  @Option(
      names = "--file",
      paramLabel = "URI",
      required = true,
      description = "The import file (YAML), where all nodes of the cluster can read it.")
  private String file = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Set a value of the file, as for import. No secret: a step's arguments are seen.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--import",
      paramLabel = "NAME",
      description = "Of a file with several imports, only this one. May be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--resume",
      paramLabel = "latest|PATH",
      description =
          "Go on from the newest checkpoint or savepoint of this import, or from that one.")
  private @Nullable String resume;

  @Option(
      names = "--stop",
      description =
          "Stop the applications of this file that run, each with a savepoint; begin nothing.")
  private boolean stop;

  private final Function<Configuration, Applications> cluster;

  /**
   * @param cluster connects to the cluster of Flink's configuration
   */
  StepCommand(Terminal terminal, Function<Configuration, Applications> cluster) {
    super(terminal);
    this.cluster = cluster;
  }

  @Override
  ExitStatus run() throws Exception {
    ImportsFile read = SharedFiles.read(file, overrides).only(names);
    read.imports().values().forEach(SharedFiles::checkFolders);
    try (Applications applications = connect()) {
      if (stop) {
        return stopAll(read, applications);
      }
      for (ImportFile each : read.imports().values()) {
        ApplicationRunner.refuseSecond(each, applications);
      }
      return read.isSeveral() ? runAll(read, applications) : runOne(read.onlyOne(), applications);
    }
  }

  private Applications connect() {
    try {
      return cluster.apply(
          Configuration.fromMap(
              StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration().toMap()));
    } catch (NoClassDefFoundError e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "Flink's client for YARN, or Hadoop, is not on the class path: " + e.getMessage(),
          "Run this by the cluster's own flink, as a step of EMR does (docs/emr.md).",
          e);
    }
  }

  private ExitStatus stopAll(ImportsFile read, Applications applications)
      throws InterruptedException {
    boolean isAny = false;
    for (ImportFile each : read.imports().values()) {
      // First: what is not seen below because it is only about to begin is stopped by its step.
      boolean isAsked = askToStop(read, each);
      List<Applications.Application> unfinished =
          applications.unfinished(ApplicationRunner.name(each));
      if (isAsked && unfinished.isEmpty()) {
        isAny = true;
        terminal
            .out()
            .println(
                each.pipeline().name()
                    + " has no application at the moment; if a step is between two of them, or"
                    + " about to begin one, it stops instead");
      }
      for (Applications.Application running : unfinished) {
        isAny = true;
        terminal.err().println("Stopping " + each.pipeline().name() + ", " + running.id());
        String how =
            applications.stop(running.id())
                ? "is stopped with a savepoint"
                : "is stopped, or has ended, without a savepoint";
        terminal.out().println(each.pipeline().name() + " " + how);
      }
    }
    if (!isAny) {
      terminal
          .out()
          .println(
              "Nothing runs of "
                  + read.name()
                  + ", so nothing is stopped. A step that is still reading the file begins its"
                  + " application all the same: stop again once that runs, or cancel that step.");
    }
    return ExitStatus.OK;
  }

  /** Without that, what runs is stopped all the same. */
  private boolean askToStop(ImportsFile read, ImportFile each) {
    try {
      Optional<ImportFile> own =
          read.isSeveral()
              ? ImportGroup.newest(read).map(group -> group.within(each))
              : Optional.of(each);
      return own.isPresent() && HeldRun.askToStop(own.get());
    } catch (ImportException e) {
      terminal.err().println("warning: " + e.problem());
      return false;
    }
  }

  private ExitStatus runOne(ImportFile each, Applications applications)
      throws InterruptedException {
    if (resume == null) {
      HeldRun.earlier(each)
          .ifPresent(
              point ->
                  terminal
                      .err()
                      .println(
                          "Note: an earlier run of this import left a checkpoint; this one begins"
                              + " anew (--resume latest would go on from "
                              + point
                              + ")"));
    }
    ApplicationRunner runner =
        new ApplicationRunner(
            terminal, applications, label -> new ProgressPrinter(terminal, label), options::write);
    RunOrder order = order(null, resume);
    Optional<HeldRun> finished =
        "latest".equals(resume) ? HeldRun.finished(each, order) : Optional.empty();
    HeldRun run = finished.orElseGet(() -> HeldRun.begin(each, order, Instant.now()));
    ExitStatus status;
    try (Interrupts interrupts = new Interrupts()) {
      if (finished.isPresent()) {
        return runner.tell(run, interrupts);
      }
      run.resumesFrom().ifPresent(point -> terminal.err().println("Going on from " + point));
      status = runner.run(run, interrupts);
    }
    if (status.isInterrupt()) {
      terminal
          .err()
          .println(
              run.newestPoint()
                  .map(point -> "To go on: the same step with --resume latest (from " + point + ")")
                  .orElse(
                      "No checkpoint was completed: the same step begins anew, which writes the"
                          + " same items once more."));
    }
    return status;
  }

  private RunOrder order(@Nullable String name, @Nullable String from) {
    return new RunOrder(file, overrides, name, from, Instant.now());
  }

  private ExitStatus runAll(ImportsFile read, Applications applications)
      throws InterruptedException {
    GroupRunner.Preparing asApplications =
        member ->
            (own, progress, reports, interrupts) -> {
              ApplicationRunner runner =
                  new ApplicationRunner(own, applications, progress, reports);
              Optional<HeldRun> finished = HeldRun.finished(member.file, order(member.name, null));
              if (finished.isPresent()) {
                return runner.tell(finished.get(), interrupts);
              }
              String from = HeldRun.earlier(member.file).isPresent() ? "latest" : null;
              HeldRun run = HeldRun.begin(member.file, order(member.name, from), Instant.now());
              run.resumesFrom().ifPresent(point -> own.err().println("going on from " + point));
              return runner.run(run, interrupts);
            };
    return new GroupRunner(terminal, options, read, asApplications).run(resume);
  }
}
