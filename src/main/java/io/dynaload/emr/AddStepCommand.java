package io.dynaload.emr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
 * none, or has done so.
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

  @Option(names = "--steps", required = true, description = "Those that are there, as listed.")
  private Path steps = Path.of("");

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
    JsonNode listed = new ObjectMapper().readTree(Files.readString(steps));
    List<StepFile.Listed> imports =
        StepFile.imports(listed).stream().filter(step -> step.name().equals(name)).toList();
    StepArguments arguments = new StepArguments(jar, uploaded, settings(read));
    List<String> ours = arguments.toImport();
    Optional<StepFile.Listed> running =
        imports.stream().filter(StepFile.Listed::hasNotEnded).findFirst();
    if (running.isPresent()) {
      StepFile.Listed step = running.get();
      String what = step.isLike(ours) ? "running" : "other";
      out.println(
          FactLines.line(step.state().equals("CANCEL_PENDING") ? "ending" : what, step.id()));
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
