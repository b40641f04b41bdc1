package io.dynaload.emr;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the steps that stop those that run, and names all that have not ended. */
@Command(name = "stop-step", description = "Writes the steps that stop those that run.")
final class StopStepCommand implements Callable<Integer> {
  private final PrintStream out;

  @Option(names = "--steps", required = true, description = "Those that are there, as listed.")
  private Path steps = Path.of("");

  @Option(names = "--out", required = true, description = "For --steps file://….")
  private Path written = Path.of("");

  StopStepCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    List<StepFile.Listed> imports =
        StepFile.imports(new ObjectMapper().readTree(Files.readString(steps)));
    ArrayNode stops = JsonNodeFactory.instance.arrayNode();
    for (StepFile.Listed step : imports) {
      if (step.hasNotEnded()) {
        out.println(FactLines.line(step.id(), FactLines.line(step.state(), step.name())));
      }
      if (step.state().equals("RUNNING")) {
        stops.add(StepFile.step(step.name() + " stop", step.toStop()));
      }
    }
    Files.writeString(written, stops.toString());
    return 0;
  }
}
