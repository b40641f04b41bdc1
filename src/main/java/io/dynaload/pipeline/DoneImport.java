package io.dynaload.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.metrics.RunReport;
import java.io.IOException;
import java.time.format.DateTimeParseException;

/**
 * One of several imports that came to its end: what it was, and how it ended. Its JSON stands
 * beside those that are still under way:
 *
 * <pre>
 * {"version":1,"import":{"sink.table":"orders",…},"report":{"name":"shop/orders",…}}
 * </pre>
 */
record DoneImport(JobIdentity identity, RunReport report) {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  String toJson() {
    ObjectNode json = JSON.createObjectNode().put("version", VERSION);
    json.set("import", JSON.valueToTree(identity.values()));
    json.set("report", report.toJson());
    return json + "\n";
  }

  static DoneImport ofJson(String text) throws IOException {
    JsonNode json = JSON.readTree(text);
    if (json.path("version").asInt() != VERSION) {
      throw new IOException("version " + json.path("version") + " is not known here");
    }
    try {
      return new DoneImport(
          JobIdentity.ofJson(json.path("import").toString()),
          RunReport.ofJson(json.path("report")));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new IOException("its report is not whole", e);
    }
  }
}
