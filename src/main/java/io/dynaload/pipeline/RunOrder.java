package io.dynaload.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application is to run: an import of a file, or a step of one. It stands in the run's
 * folder; an application is told that folder alone, because its arguments are logged and some
 * characters in them do not survive Flink's configuration.
 *
 * @param file the import file, where every node of the cluster can read it
 * @param overrides what stands behind each {@code --set}
 * @param importName of one of several imports; null of a file that describes one
 * @param resumeFrom the point that the run goes on from, or null
 * @param startedAt when the command submitted the import's first step
 */
public record RunOrder(
    String file,
    List<String> overrides,
    @Nullable String importName,
    @Nullable String resumeFrom,
    Instant startedAt) {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunOrder {
    overrides = List.copyOf(overrides);
  }

  /** The same from a point on, or from the beginning if that is null. */
  RunOrder from(@Nullable String point) {
    return new RunOrder(file, overrides, importName, point, startedAt);
  }

  /** The import that is meant, as part of its run. */
  ImportFile read(RunFolder run) {
    ImportsFile all = SharedFiles.read(file, overrides);
    ImportFile one = importName == null ? all.onlyOne() : all.only(List.of(importName)).onlyOne();
    return one.in(run.directory());
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode().put("version", VERSION).put("file", file);
    overrides.forEach(json.putArray("set")::add);
    json.put("import", importName).put("resumeFrom", resumeFrom);
    return json.put("startedAt", startedAt.toString()) + "\n";
  }

  static RunOrder ofJson(String text) throws IOException {
    try {
      JsonNode json = JSON.readTree(text);
      if (json.path("version").asInt() != VERSION) {
        throw new IOException("Orders of version " + json.path("version") + " are not known here");
      }
      List<String> overrides = new ArrayList<>();
      json.path("set").forEach(each -> overrides.add(each.asText()));
      return new RunOrder(
          json.path("file").asText(),
          overrides,
          text(json.path("import")),
          text(json.path("resumeFrom")),
          Instant.parse(json.path("startedAt").asText()));
    } catch (JsonProcessingException e) {
      throw new IOException("The order of the run cannot be read", e);
    }
  }

  private static @Nullable String text(JsonNode json) {
    return json.isTextual() ? json.asText() : null;
  }
}
