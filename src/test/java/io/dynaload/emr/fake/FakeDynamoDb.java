package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** DynamoDB, as far as to say whether a table is there. */
public final class FakeDynamoDb implements FakeService {
  private final Set<String> tables = new ConcurrentSkipListSet<>();

  @Override
  public String name() {
    return "dynamodb";
  }

  @Override
  public Protocol protocol() {
    return Protocol.JSON;
  }

  public FakeDynamoDb withTable(String table) {
    tables.add(table);
    return this;
  }

  @Override
  public Answer answer(AwsRequest request) throws AwsError {
    if (!request.action().equals("DescribeTable")) {
      throw FakeService.unknown(request);
    }
    String table = request.json().path("TableName").asText();
    if (!tables.contains(table)) {
      throw AwsError.invalid(
          "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
          "Requested resource not found: Table: " + table + " not found");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("Table").put("TableName", table).put("TableStatus", "ACTIVE");
    return Answer.json(answer);
  }
}
