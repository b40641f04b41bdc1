package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB as a function from a request's JSON to the answer's, for the calls that are made here:
 * BatchWriteItem, PutItem, DeleteItem, GetItem, Scan and what describes and makes tables. Knows no
 * HTTP and no clock but the given one. Thread-safe: calls take effect one after the other.
 */
public final class ModelDynamoDb {
  private static final int BATCH_ITEMS = 25;

  private final Map<String, ModelTable> tables = new TreeMap<>();
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime the clock that the buckets fill by
   */
  public ModelDynamoDb(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  public synchronized ModelTable create(String name, TableSpec spec) {
    ModelTable table = new ModelTable(name, spec, nanoTime);
    if (tables.putIfAbsent(name, table) != null) {
      throw new IllegalArgumentException("There is a table " + name);
    }
    return table;
  }

  public synchronized ModelTable table(String name) {
    return Objects.requireNonNull(tables.get(name), name);
  }

  public synchronized boolean has(String table) {
    return tables.containsKey(table);
  }

  public synchronized void drop(String name) {
    tables.remove(name);
  }

  /**
   * Does what an operation, such as {@code BatchWriteItem}, asks for.
   *
   * @param takes which items of a batch are taken if there is capacity for them; the others are
   *     left unprocessed
   */
  synchronized ObjectNode call(String operation, JsonNode request, Predicate<ModelKey> takes)
      throws ServiceError {
    return switch (operation) {
      case "BatchWriteItem" -> batchWriteItem(request, takes);
      case "PutItem", "DeleteItem" -> writeItem(operation, request);
      case "GetItem" -> getItem(request);
      case "Scan" -> Scan.of(existing(request), request);
      default -> new TableOperations(tables, nanoTime).call(operation, request);
    };
  }

  /** The keys of the items that a request writes, whether or not it is valid. */
  synchronized Set<ModelKey> keysOf(String operation, JsonNode request) {
    Set<ModelKey> keys = new HashSet<>();
    try {
      if (operation.equals("BatchWriteItem")) {
        for (Write write : writes(request).values().iterator().next()) {
          keys.add(write.key());
        }
      } else if (operation.equals("PutItem") || operation.equals("DeleteItem")) {
        keys.add(write(operation, existing(request), request).key());
      }
    } catch (ServiceError e) {
      return Set.of();
    }
    return keys;
  }

  private ModelTable existing(JsonNode request) throws ServiceError {
    return existing(request.path("TableName").asText());
  }

  private ModelTable existing(String name) throws ServiceError {
    ModelTable table = tables.get(name);
    if (table == null) {
      throw new ServiceError("ResourceNotFoundException", "Requested resource not found");
    }
    return table;
  }

  private Map<ModelTable, List<Write>> writes(JsonNode request) throws ServiceError {
    Map<ModelTable, List<Write>> writes = new java.util.LinkedHashMap<>();
    int count = 0;
    for (Map.Entry<String, JsonNode> entry : request.path("RequestItems").properties()) {
      ModelTable table = existing(entry.getKey());
      List<Write> ofTable = new ArrayList<>();
      Set<ModelKey> keys = new HashSet<>();
      for (JsonNode one : entry.getValue()) {
        Write write =
            one.has("PutRequest")
                ? table.put(one.path("PutRequest").path("Item"), one)
                : table.delete(one.path("DeleteRequest").path("Key"), one);
        if (!keys.add(write.key())) {
          throw ServiceError.invalid("Provided list of item keys contains duplicates");
        }
        ofTable.add(write);
        count++;
      }
      writes.put(table, ofTable);
    }
    if (count == 0 || count > BATCH_ITEMS) {
      throw ServiceError.invalid("1 validation error detected: between 1 and 25 requests");
    }
    return writes;
  }

  private ObjectNode batchWriteItem(JsonNode request, Predicate<ModelKey> takes)
      throws ServiceError {
    Map<ModelTable, List<Write>> writes = writes(request);
    ObjectNode answer = Json.object();
    ObjectNode unprocessed = answer.putObject("UnprocessedItems");
    Consumed consumed = new Consumed(request);
    boolean tookAny = false;
    ModelTable last = null;
    for (Map.Entry<ModelTable, List<Write>> entry : writes.entrySet()) {
      last = entry.getKey();
      for (Write write : entry.getValue()) {
        if (takes.test(write.key()) && takes(last, write, consumed)) {
          last.apply(write);
          tookAny = true;
        } else {
          unprocessed.withArrayProperty(last.name()).add(write.request());
        }
      }
    }
    if (!tookAny) {
      throw throttled(Objects.requireNonNull(last));
    }
    ArrayNode told = consumed.told();
    if (told != null) {
      answer.set("ConsumedCapacity", told);
    }
    return answer;
  }

  /** Takes the write's units, if there are any; it is then still to be applied. */
  private static boolean takes(ModelTable table, Write write, Consumed consumed)
      throws ServiceError {
    ModelTable.Cost cost = table.cost(write);
    if (!table.admits(write, cost)) {
      return false;
    }
    table.charge(write, cost);
    consumed.add(table, cost);
    return true;
  }

  static ServiceError throttled(ModelTable table) {
    return table.spec().provisioned()
        ? new ServiceError(
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded")
        : new ServiceError(
            "ThrottlingException", "Throughput exceeds the current capacity of your table");
  }

  private static Write write(String operation, ModelTable table, JsonNode request)
      throws ServiceError {
    return operation.equals("PutItem")
        ? table.put(request.path("Item"), request)
        : table.delete(request.path("Key"), request);
  }

  private ObjectNode writeItem(String operation, JsonNode request) throws ServiceError {
    ModelTable table = existing(request);
    Write write = write(operation, table, request);
    JsonNode old = table.get(write.key());
    boolean met = Condition.isMet(request, old);
    Consumed consumed = new Consumed(request);
    if (!takes(table, write, consumed)) {
      throw throttled(table);
    }
    if (!met) {
      boolean asked = isAllOld(request, "ReturnValuesOnConditionCheckFailure");
      throw new ServiceError(
          "ConditionalCheckFailedException", "The conditional request failed", asked ? old : null);
    }
    table.apply(write);
    ObjectNode answer = Json.object();
    if (old != null && isAllOld(request, "ReturnValues")) {
      answer.set("Attributes", old);
    }
    @Nullable ArrayNode told = consumed.told();
    if (told != null) {
      answer.set("ConsumedCapacity", told.get(0));
    }
    return answer;
  }

  private static boolean isAllOld(JsonNode request, String field) {
    return request.path(field).asText().equals("ALL_OLD");
  }

  private ObjectNode getItem(JsonNode request) throws ServiceError {
    ModelTable table = existing(request);
    JsonNode found = table.get(ModelKey.ofKey(table.spec().keys(), request.path("Key")));
    ObjectNode answer = Json.object();
    if (found != null) {
      answer.set("Item", found);
    }
    return answer;
  }
}
