package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynaload.faulty.TableSpec.IndexSpec;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What describes, makes and drops tables; a table is active at once. */
final class TableOperations {
  private static final double ON_DEMAND_UNITS = 4000;

  private final Map<String, ModelTable> tables;
  private final LongSupplier nanoTime;

  TableOperations(Map<String, ModelTable> tables, LongSupplier nanoTime) {
    this.tables = tables;
    this.nanoTime = nanoTime;
  }

  ObjectNode call(String operation, JsonNode request) throws ServiceError {
    return switch (operation) {
      case "ListTables" -> listTables();
      case "CreateTable" -> createTable(request);
      case "DescribeTable" -> Json.object().set("Table", description(existing(request)));
      case "UpdateTable" -> updateTable(existing(request), request);
      case "DeleteTable" -> deleteTable(existing(request));
      case "UpdateTimeToLive" -> updateTimeToLive(existing(request), request);
      case "DescribeTimeToLive" -> describeTimeToLive(existing(request));
      default -> throw new ServiceError("UnknownOperationException", operation);
    };
  }

  private ModelTable existing(JsonNode request) throws ServiceError {
    String name = request.path("TableName").asText();
    ModelTable table = tables.get(name);
    if (table == null) {
      throw new ServiceError(
          "ResourceNotFoundException", "Requested resource not found: Table: " + name);
    }
    return table;
  }

  private ObjectNode listTables() {
    ObjectNode answer = Json.object();
    ArrayNode names = answer.putArray("TableNames");
    tables.keySet().forEach(names::add);
    return answer;
  }

  private ObjectNode createTable(JsonNode request) throws ServiceError {
    String name = request.path("TableName").asText();
    boolean provisioned = !request.path("BillingMode").asText().equals("PAY_PER_REQUEST");
    KeySchema keys = keys(request, request);
    double units = provisioned ? writeUnits(request) : ON_DEMAND_UNITS;
    TableSpec spec =
        provisioned ? TableSpec.provisioned(keys, units) : TableSpec.onDemand(keys, units);
    List<IndexSpec> indexes = new ArrayList<>();
    for (JsonNode index : request.path("GlobalSecondaryIndexes")) {
      indexes.add(
          new IndexSpec(
              index.path("IndexName").asText(),
              keys(index, request),
              index.path("Projection").path("ProjectionType").asText().equals("KEYS_ONLY"),
              provisioned ? writeUnits(index) : units));
    }
    ModelTable table = new ModelTable(name, spec.with(indexes.toArray(new IndexSpec[0])), nanoTime);
    if (tables.putIfAbsent(name, table) != null) {
      throw new ServiceError("ResourceInUseException", "Cannot create preexisting table");
    }
    return Json.object().set("TableDescription", description(table));
  }

  private static double writeUnits(JsonNode request) {
    return request.path("ProvisionedThroughput").path("WriteCapacityUnits").asDouble();
  }

  private static KeySchema keys(JsonNode holder, JsonNode request) throws ServiceError {
    Map<String, KeyAttribute> byRole = new TreeMap<>();
    for (JsonNode element : holder.path("KeySchema")) {
      String name = element.path("AttributeName").asText();
      for (JsonNode definition : request.path("AttributeDefinitions")) {
        if (definition.path("AttributeName").asText().equals(name)) {
          KeyType type = KeyType.valueOf(definition.path("AttributeType").asText());
          byRole.put(element.path("KeyType").asText(), new KeyAttribute(name, type));
        }
      }
    }
    KeyAttribute partition = byRole.get("HASH");
    if (partition == null) {
      throw ServiceError.invalid("No Hash Key specified in schema");
    }
    return new KeySchema(partition, byRole.get("RANGE"));
  }

  private static ObjectNode updateTable(ModelTable table, JsonNode request) {
    if (request.has("ProvisionedThroughput")) {
      table.capacity().rate(writeUnits(request));
    }
    return Json.object().set("TableDescription", description(table));
  }

  private ObjectNode deleteTable(ModelTable table) {
    tables.remove(table.name());
    return Json.object().set("TableDescription", description(table));
  }

  private static ObjectNode updateTimeToLive(ModelTable table, JsonNode request) {
    JsonNode given = request.path("TimeToLiveSpecification");
    table.ttlAttribute(given.path("AttributeName").asText());
    return Json.object().set("TimeToLiveSpecification", given);
  }

  private static ObjectNode describeTimeToLive(ModelTable table) {
    ObjectNode told = Json.object();
    String attribute = table.ttlAttribute();
    told.put("TimeToLiveStatus", attribute == null ? "DISABLED" : "ENABLED");
    if (attribute != null) {
      told.put("AttributeName", attribute);
    }
    return Json.object().set("TimeToLiveDescription", told);
  }

  private static ObjectNode description(ModelTable table) {
    TableSpec spec = table.spec();
    Map<String, KeyAttribute> attributes = new TreeMap<>();
    ObjectNode told = Json.object();
    told.put("TableName", table.name())
        .put("TableStatus", "ACTIVE")
        .put("TableArn", "arn:aws:dynamodb:us-east-1:000000000000:table/" + table.name())
        .put("ItemCount", table.size());
    told.set("KeySchema", describe(spec.keys(), attributes));
    long units = Math.round(Math.min(table.capacity().rate(), 1e9));
    told.putObject("BillingModeSummary")
        .put("BillingMode", spec.provisioned() ? "PROVISIONED" : "PAY_PER_REQUEST");
    told.set("ProvisionedThroughput", throughput(spec.provisioned() ? units : 0));
    told.putObject("WarmThroughput")
        .put("ReadUnitsPerSecond", Math.round(Math.min(table.reads().rate(), 12_000)))
        .put("WriteUnitsPerSecond", units)
        .put("Status", "ACTIVE");
    for (IndexSpec index : spec.indexes()) {
      ObjectNode one = told.withArrayProperty("GlobalSecondaryIndexes").addObject();
      one.put("IndexName", index.name()).put("IndexStatus", "ACTIVE");
      one.set("KeySchema", describe(index.keys(), attributes));
      one.putObject("Projection").put("ProjectionType", index.keysOnly() ? "KEYS_ONLY" : "ALL");
      long ofIndex = Math.round(Math.min(table.capacity(index.name()).rate(), 1e9));
      one.set("ProvisionedThroughput", throughput(spec.provisioned() ? ofIndex : 0));
    }
    ArrayNode definitions = told.putArray("AttributeDefinitions");
    attributes.forEach(
        (name, key) ->
            definitions
                .addObject()
                .put("AttributeName", name)
                .put("AttributeType", key.type().name()));
    return told;
  }

  private static ObjectNode throughput(long writeUnits) {
    return Json.object()
        .put("ReadCapacityUnits", writeUnits)
        .put("WriteCapacityUnits", writeUnits)
        .put("NumberOfDecreasesToday", 0);
  }

  private static ArrayNode describe(KeySchema keys, Map<String, KeyAttribute> attributes) {
    ArrayNode told = Json.object().putArray("KeySchema");
    describe(keys.partition(), "HASH", told, attributes);
    describe(keys.sort(), "RANGE", told, attributes);
    return told;
  }

  private static void describe(
      @Nullable KeyAttribute key,
      String role,
      ArrayNode told,
      Map<String, KeyAttribute> attributes) {
    if (key != null) {
      told.addObject().put("AttributeName", key.name()).put("KeyType", role);
      attributes.put(key.name(), key);
    }
  }
}
