package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call has cost, told as its {@code ReturnConsumedCapacity} asks for it. */
final class Consumed {
  private final String asked;
  private final Map<ModelTable, ModelTable.Cost> costs = new LinkedHashMap<>();

  Consumed(JsonNode request) {
    asked = request.path("ReturnConsumedCapacity").asText("NONE");
  }

  void add(ModelTable table, ModelTable.Cost cost) {
    costs.merge(table, cost, Consumed::sum);
  }

  private static ModelTable.Cost sum(ModelTable.Cost one, ModelTable.Cost other) {
    List<Integer> indexes = new java.util.ArrayList<>();
    for (int i = 0; i < one.indexes().size(); i++) {
      indexes.add(one.indexes().get(i) + other.indexes().get(i));
    }
    return new ModelTable.Cost(one.table() + other.table(), indexes);
  }

  /** An entry a table, or null if nothing was asked for. */
  @Nullable ArrayNode told() {
    if (asked.equals("NONE")) {
      return null;
    }
    ArrayNode told = Json.object().putArray("ConsumedCapacity");
    costs.forEach(
        (table, cost) -> {
          ObjectNode entry = told.addObject();
          entry.put("TableName", table.name()).put("CapacityUnits", (double) cost.total());
          if (asked.equals("INDEXES")) {
            entry.putObject("Table").put("CapacityUnits", (double) cost.table());
            for (int i = 0; i < cost.indexes().size(); i++) {
              int units = cost.indexes().get(i);
              if (units > 0) {
                entry
                    .withObjectProperty("GlobalSecondaryIndexes")
                    .putObject(table.spec().indexes().get(i).name())
                    .put("CapacityUnits", (double) units);
              }
            }
          }
        });
    return told;
  }
}
