package io.dynaload.emr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Steps as the aws CLI takes them. */
final class StepFile {
  /** The jar of EMR that runs a command. */
  static final String RUNNER = "command-runner.jar";

  private StepFile() {}

  /** What an import's step is called. */
  static String name(String file) {
    return "dynaload " + file;
  }

  /** For {@code aws emr add-steps --steps file://…}. */
  static ObjectNode step(String name, List<String> arguments) {
    ObjectNode step =
        JsonNodeFactory.instance
            .objectNode()
            .put("Type", "CUSTOM_JAR")
            .put("Name", name)
            .put("ActionOnFailure", "CONTINUE")
            .put("Jar", RUNNER);
    ArrayNode array = step.putArray("Args");
    arguments.forEach(array::add);
    return step;
  }
}
