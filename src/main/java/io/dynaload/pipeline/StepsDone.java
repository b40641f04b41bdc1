package io.dynaload.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.metrics.Count;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The steps of an import that are done, by whichever runs, and what they counted. Its JSON stands
 * beside checkpoints:
 *
 * <pre>
 * {"version":1,"steps":2,"counts":{"read":50,"written":48,"rejected":2},"rejected":{"KEY_EMPTY":2}}
 * </pre>
 */
record StepsDone(int steps, RunCounts counts) {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  static final StepsDone NONE = new StepsDone(0, RunCounts.NONE);

  String toJson() {
    ObjectNode json = JSON.createObjectNode().put("version", VERSION).put("steps", steps);
    ObjectNode all = json.putObject("counts");
    counts.counts().forEach((count, items) -> all.put(count.key(), items));
    ObjectNode codes = json.putObject("rejected");
    counts.rejected().forEach(codes::put);
    return json + "\n";
  }

  static StepsDone ofJson(String text) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException("What was done before the step cannot be read", e);
    }
    if (json.path("version").asInt() != VERSION) {
      throw new IOException("Steps of version " + json.path("version") + " are not known here");
    }
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      JsonNode items = json.path("counts").path(count.key());
      if (items.isNumber()) {
        counts.put(count, items.asLong());
      }
    }
    SortedMap<String, Long> rejected = new TreeMap<>();
    json.path("rejected")
        .fields()
        .forEachRemaining(code -> rejected.put(code.getKey(), code.getValue().asLong()));
    return new StepsDone(json.path("steps").asInt(), new RunCounts(counts, rejected));
  }
}
