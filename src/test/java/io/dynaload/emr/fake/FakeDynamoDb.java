package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** DynamoDB, as far as to say whether a table is there. */
public final class FakeDynamoDb implements FakeService {
  private final Map<String, Held> tables = new ConcurrentHashMap<>();

  private record Held(long items, long writeUnits) {}

  @Override
  public String name() {
    return "dynamodb";
  }

  @Override
  public Protocol protocol() {
    return Protocol.JSON;
  }

  public FakeDynamoDb withTable(String table) {
    return withTable(table, 0, 0);
  }

  /**
   * With so many items.
   *
   * @param writeUnits provisioned; 0 for on-demand
   */
  public FakeDynamoDb withTable(String table, long items, long writeUnits) {
    tables.put(table, new Held(items, writeUnits));
    return this;
  }

  @Override
  public Answer answer(AwsRequest request) throws AwsError {
    if (!request.action().equals("DescribeTable")) {
      throw FakeService.unknown(request);
    }
    String table = request.json().path("TableName").asText();
    Held held = tables.get(table);
    if (held == null) {
      throw AwsError.invalid(
          "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
          "Requested resource not found: Table: " + table + " not found");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode described = answer.putObject("Table");
    described.put("TableName", table).put("TableStatus", "ACTIVE").put("ItemCount", held.items());
    described.putObject("ProvisionedThroughput").put("WriteCapacityUnits", held.writeUnits());
    return Answer.json(answer);
  }
}
