package io.dynaload.emr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes the step that imports a file; says which step does so already, in which case it writes
 * none, or has done so. A step that imports the same otherwise is an ImportException.
 */
@Command(name = "add-step", description = "Writes the step that imports a file.")
final class AddStepCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(names = "--set", paramLabel = "KEY=VALUE")
  private List<String> overrides = List.of();

  @Option(names = "--jar", required = true, description = "Where it was uploaded to.")
  private String jar = "";

  @Option(names = "--file", required = true, description = "Where it was uploaded to.")
  private String uploaded = "";

  @Option(names = "--bucket", required = true, description = "The stack's.")
  private String bucket = "";

  @Option(names = "--cluster", required = true, description = "Empty if there is none yet.")
  private String cluster = "";

  @Option(names = "--resume")
  private boolean resume;

  @Option(names = "--out", required = true, description = "For --steps file://….")
  private Path written = Path.of("");

  AddStepCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    DeployedFile read = DeployedFile.read(file, overrides);
    String name = StepFile.name(read.name());
    List<ListedStep> imports =
        listed().stream()
            .filter(ListedStep::isImport)
            .filter(step -> step.name().equals(name))
            .toList();
    StepArguments arguments = new StepArguments(jar, uploaded, settings(read));
    List<String> ours = arguments.toImport();
    Optional<ListedStep> running = imports.stream().filter(ListedStep::hasNotEnded).findFirst();
    if (running.isPresent()) {
      refuseUnlessAlike(running.get(), ours, read.name());
      out.println(FactLines.line("running", running.get().id()));
      return 0;
    }
    imports.stream()
        .filter(step -> step.importsLike(ours))
        .findFirst()
        .filter(step -> step.state().equals("COMPLETED"))
        .ifPresent(step -> out.println(FactLines.line("done", step.id())));
    Files.writeString(
        written,
        JsonNodeFactory.instance
            .arrayNode()
            .add(StepFile.step(name, resume ? arguments.toResume("latest") : arguments.toImport()))
            .toString());
    return 0;
  }

  private List<ListedStep> listed() {
    if (cluster.isEmpty()) {
      return List.of();
    }
    try (ClusterSteps steps = ClusterSteps.of(cluster)) {
      return steps.all();
    }
  }

  private static void refuseUnlessAlike(ListedStep step, List<String> ours, String name) {
    if (step.state().equals("CANCEL_PENDING")) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "Step " + step.id() + ", which imports " + name + ", is being cancelled",
          "Wait until it has ended, then the same again.");
    }
    if (!step.isLike(ours)) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "Step " + step.id() + " imports " + name + " already, by another file, jar or settings",
          "Let it end, or stop it first, by --stop.");
    }
  }

  /** With the stack's folders where the file names none. */
  private List<String> settings(DeployedFile read) {
    List<String> settings = new ArrayList<>(overrides);
    if (read.directory("checkpoint").isEmpty()) {
      settings.add("pipeline.checkpoint.directory=s3://" + bucket + "/checkpoints");
    }
    if (read.directory("dead-letters").isEmpty()) {
      settings.add("pipeline.dead-letters.directory=s3://" + bucket + "/dead-letters");
    }
    return settings;
  }
}
