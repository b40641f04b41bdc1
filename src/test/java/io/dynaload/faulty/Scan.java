package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scan, a page of at most 1 MB at a time, in segments by the partition's hash. */
final class Scan {
  private static final int PAGE_BYTES = 1 << 20;

  private Scan() {}

  static ObjectNode of(ModelTable table, JsonNode request) throws ServiceError {
    KeySchema keys = table.spec().keys();
    int limit = request.path("Limit").asInt(Integer.MAX_VALUE);
    int segments = request.path("TotalSegments").asInt(1);
    int segment = request.path("Segment").asInt(0);
    @Nullable JsonNode start = request.get("ExclusiveStartKey");
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("Items");
    int bytes = 0;
    for (Map.Entry<ModelKey, JsonNode> entry :
        table.after(start == null ? null : ModelKey.ofKey(keys, start))) {
      if (entry.getKey().partitionOf(segments) != segment) {
        continue;
      }
      items.add(entry.getValue());
      bytes += ItemRules.size(entry.getValue());
      if (items.size() >= limit || bytes >= PAGE_BYTES) {
        ObjectNode last = answer.putObject("LastEvaluatedKey");
        copy(keys.partition(), entry.getValue(), last);
        copy(keys.sort(), entry.getValue(), last);
        break;
      }
    }
    double units = units(bytes, request);
    table.reads().take(units);
    if (!request.path("ReturnConsumedCapacity").asText("NONE").equals("NONE")) {
      answer
          .putObject("ConsumedCapacity")
          .put("TableName", table.name())
          .put("CapacityUnits", units);
    }
    return answer.put("Count", items.size()).put("ScannedCount", items.size());
  }

  /** Half a unit for each 4 KB of what was looked at, or a whole one for a consistent read. */
  private static double units(int bytes, JsonNode request) {
    int blocks = Math.max(1, (bytes + 4095) / 4096);
    return request.path("ConsistentRead").asBoolean() ? blocks : blocks / 2.0;
  }

  private static void copy(@Nullable KeyAttribute key, JsonNode item, ObjectNode to) {
    if (key != null) {
      to.set(key.name(), item.get(key.name()));
    }
  }
}
