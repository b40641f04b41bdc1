package io.dynaload.emr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Steps as the aws CLI takes and lists them. */
final class StepFile {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> BEFORE_THE_END = Set.of("PENDING", "RUNNING", "CANCEL_PENDING");

  /** A step of ours. */
  record Listed(String id, String name, String state, List<String> arguments) {
    boolean stops() {
      return arguments.contains("--stop");
    }

    boolean hasNotEnded() {
      return BEFORE_THE_END.contains(state);
    }

    /** Whether it does what another one does, be it from the beginning or going on. */
    boolean isLike(List<String> others) {
      return toStop().equals(new Listed(id, name, state, others).toStop());
    }

    /** The same, of whatever build of the jar. */
    boolean importsLike(List<String> others) {
      return options(arguments).equals(options(others));
    }

    private List<String> options(List<String> all) {
      List<String> stop = new Listed(id, name, state, all).toStop();
      return stop.subList(Math.max(0, stop.indexOf("--file")), stop.size());
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

  /**
   * The imports, the newest first, of {@code aws emr list-steps --query
   * 'Steps[].{Id:Id,Name:Name,State:Status.State,Args:Config.Args}'}.
   */
  static List<Listed> imports(JsonNode listed) {
    return StreamSupport.stream(listed.spliterator(), false)
        .filter(step -> step.path("Name").asText().startsWith(name("")))
        .map(
            step ->
                new Listed(
                    step.path("Id").asText(),
                    step.path("Name").asText(),
                    step.path("State").asText(),
                    StreamSupport.stream(step.path("Args").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()))
        .filter(step -> !step.stops())
        .toList();
  }
}
