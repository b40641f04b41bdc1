package io.dynaload.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.RunFigures;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far an application's run is, as JSON in its folder:
 *
 * <pre>
 * {"counts":{"read":50,"written":48},"progress":0.5,"estimatedItems":100,"writeLimit":7000.0,"whole":true}
 * </pre>
 */
final class FiguresJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FiguresJson() {}

  static String write(RunFigures figures) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode counts = json.putObject("counts");
    figures.counts().forEach((count, items) -> counts.put(count.key(), items));
    json.put("progress", Double.isNaN(figures.progress()) ? null : figures.progress());
    json.put("estimatedItems", figures.estimatedItems());
    json.put("writeLimit", Double.isNaN(figures.writeLimit()) ? null : figures.writeLimit());
    return json.put("whole", figures.isWhole()) + "\n";
  }

  static RunFigures read(String text) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException("The figures of the run are being written", e);
    }
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      counts.put(count, json.path("counts").path(count.key()).asLong());
    }
    return new RunFigures(
        counts,
        json.path("progress").asDouble(Double.NaN),
        json.path("estimatedItems").asLong(),
        json.path("writeLimit").asDouble(Double.NaN),
        json.path("whole").asBoolean());
  }
}
