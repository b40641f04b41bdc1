package io.dynaload.emr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Steps as the aws CLI takes and lists them. */
final class StepFile {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A step of ours that is pending or running. */
  record Running(String id, String name, List<String> arguments) {
    boolean stops() {
      return arguments.contains("--stop");
    }

    /** The arguments of the step that stops it. */
    List<String> toStop() {
      List<String> stop = new ArrayList<>(arguments);
      int resume = stop.indexOf("--resume");
      if (resume >= 0) {
        stop.subList(resume, resume + 2).clear();
      }
      stop.add("--stop");
      return stop;
    }
  }

  private StepFile() {}

  /** What an import's step is called. */
  static String name(String file) {
    return "dynaload " + file;
  }

  /** For {@code aws emr add-steps --steps file://…}. */
  static ObjectNode step(String name, List<String> arguments) {
    ObjectNode step =
        JSON.objectNode()
            .put("Type", "CUSTOM_JAR")
            .put("Name", name)
            .put("ActionOnFailure", "CONTINUE")
            .put("Jar", "command-runner.jar");
    ArrayNode array = step.putArray("Args");
    arguments.forEach(array::add);
    return step;
  }

  /** Of {@code aws emr list-steps --query 'Steps[].{Id:Id,Name:Name,Args:Config.Args}'}. */
  static List<Running> running(JsonNode listed) {
    return StreamSupport.stream(listed.spliterator(), false)
        .filter(step -> step.path("Name").asText().startsWith(name("")))
        .map(
            step ->
                new Running(
                    step.path("Id").asText(),
                    step.path("Name").asText(),
                    StreamSupport.stream(step.path("Args").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()))
        .filter(step -> !step.stops())
        .toList();
  }
}
