package io.dynaload.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Value;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The model answers as DynamoDB Local does, as far as both are asked here. */
class ConformanceITCase {
  private static EmbeddedDynamoDb local;
  private static FaultyServer model;
  private static RawClient toLocal;
  private static RawClient toModel;

  @BeforeAll
  static void start() throws Exception {
    local = EmbeddedDynamoDb.start();
    model = FaultyServer.start();
    toLocal = new RawClient(local.endpoint());
    toModel = new RawClient(model.endpoint());
  }

  @AfterAll
  static void stop() throws Exception {
    model.close();
    local.close();
  }

  /** Sends the same to both; they must answer the same. */
  private static Map<String, Object> both(String operation, String body) throws Exception {
    JsonNode theirs = toLocal.send(operation, body);
    JsonNode ours = toModel.send(operation, body);
    assertThat(RawClient.essence(ours))
        .as("%s %s: %s", operation, body, theirs)
        .isEqualTo(RawClient.essence(theirs));
    return RawClient.essence(ours);
  }

  private static void create(String table, KeySchema keys) {
    try (DynamoDbClient one = LocalTables.client(local.endpoint());
        DynamoDbClient other = LocalTables.client(model.endpoint())) {
      LocalTables.create(one, table, keys);
      LocalTables.create(other, table, keys);
    }
  }

  private static List<String> assertSameContent(String table) {
    try (DynamoDbClient one = LocalTables.client(local.endpoint());
        DynamoDbClient other = LocalTables.client(model.endpoint())) {
      List<String> content = LocalTables.content(other, table);
      assertThat(content).isEqualTo(LocalTables.content(one, table));
      return content;
    }
  }

  private static KeySchema pkAndSk(KeyType type) {
    return new KeySchema(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", type));
  }

  private static String put(String item) {
    return "{\"PutRequest\":{\"Item\":" + item + "}}";
  }

  private static String batch(String table, List<String> requests) {
    return "{\"RequestItems\":{\""
        + table
        + "\":["
        + String.join(",", requests)
        + "]},\"ReturnConsumedCapacity\":\"TOTAL\"}";
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void batchesOfRandomItemsLeaveTheSameTableAndCostTheSame(KeyType type) throws Exception {
    String table = "random-" + type;
    create(table, pkAndSk(type));
    RandomItems items = new RandomItems(17);
    Random random = new Random(17);
    int refused = 0;
    for (int call = 0; call < 150; call++) {
      List<String> requests = new ArrayList<>();
      for (int i = 1 + random.nextInt(12); i > 0; i--) {
        Value sort =
            switch (type) {
              case S -> new Value.S("s" + random.nextInt(6));
              case N -> new Value.N(random.nextInt(4) + (random.nextBoolean() ? "" : ".0"));
              case B -> new Value.B(new byte[] {(byte) (0x80 + random.nextInt(6))});
            };
        Map<String, Value> keys = Map.of("pk", new Value.S("p" + random.nextInt(4)), "sk", sort);
        String key = RandomItems.encode(keys).jsonText();
        // Local takes two units for a batch's delete of what is not there, which costs one.
        if (random.nextInt(3) == 0 && isThere(table, key)) {
          requests.add("{\"DeleteRequest\":{\"Key\":" + key + "}}");
        } else {
          requests.add(put(RandomItems.encode(items.next(keys)).jsonText()));
        }
      }
      refused += both("BatchWriteItem", batch(table, requests)).containsKey("error") ? 1 : 0;
    }
    assertThat(refused).as("for duplicates").isBetween(20, 130);
    assertThat(assertSameContent(table)).isNotEmpty();
  }

  private static boolean isThere(String table, String key) throws Exception {
    return both("GetItem", "{\"TableName\":\"" + table + "\",\"Key\":" + key + "}")
        .containsKey("Item");
  }

  /** What stands in the item beside its key, which is refused or, where it looks odd, not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"N\":\"12345678901234567890123456789012345678\"}",
        "{\"N\":\"123456789012345678901234567890123456789\"}",
        "{\"N\":\"1E125\"}",
        "{\"N\":\"1E126\"}",
        "{\"N\":\"1E-130\"}",
        "{\"N\":\"1E-131\"}",
        "{\"N\":\"9.99E125\"}",
        "{\"N\":\"abc\"}",
        "{\"N\":\"\"}",
        "{\"N\":\"NaN\"}",
        "{\"N\":\"-0\"}",
        "{\"S\":\"\"}",
        "{\"B\":\"\"}",
        "{\"B\":\"gICA\"}",
        "{\"SS\":[]}",
        "{\"SS\":[\"\"]}",
        "{\"SS\":[\"a\",\"a\"]}",
        "{\"NS\":[\"1\",\"1.0\"]}",
        "{\"BS\":[\"AA==\",\"AA==\"]}",
        "{\"NULL\":true}",
        "{\"BOOL\":false}",
        "{\"L\":[]}",
        "{\"M\":{}}",
        "{\"M\":{\"a\":{\"L\":[{\"N\":\"1\"}]}}}",
        "{}",
        "{\"S\":\"a\",\"N\":\"1\"}"
      })
  void oneOddValueIsTakenOrSpoilsItsWholeBatch(String value) throws Exception {
    if (!model.service().model().has("odd")) {
      create("odd", pkAndSk(KeyType.S));
    }
    String good = put("{\"pk\":{\"S\":\"good\"},\"sk\":{\"S\":\"1\"}}");
    String odd = put("{\"pk\":{\"S\":\"odd\"},\"sk\":{\"S\":\"1\"},\"v\":" + value + "}");
    both("BatchWriteItem", batch("odd", List.of(good, odd)));
    assertSameContent("odd");
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 32, 33})
  void nestingIsLimited(int levels) throws Exception {
    String table = "nested-" + levels;
    create(table, pkAndSk(KeyType.S));
    String value = "{\"L\":[".repeat(levels - 1) + "{\"S\":\"x\"}" + "]}".repeat(levels - 1);
    both(
        "BatchWriteItem",
        batch(
            table,
            List.of(put("{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"1\"},\"v\":" + value + "}"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pk\":{\"S\":\"a\"}}",
        "{\"pk\":{\"S\":\"\"},\"sk\":{\"N\":\"1\"}}",
        "{\"pk\":{\"N\":\"1\"},\"sk\":{\"N\":\"1\"}}",
        "{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"1\"}}",
        "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}"
      })
  void aKeyMustBeWholeAndOfItsTypes(String key) throws Exception {
    if (!model.service().model().has("keys")) {
      create("keys", pkAndSk(KeyType.N));
    }
    both("BatchWriteItem", batch("keys", List.of(put(key))));
    both("BatchWriteItem", batch("keys", List.of("{\"DeleteRequest\":{\"Key\":" + key + "}}")));
    both("PutItem", "{\"TableName\":\"keys\",\"Item\":" + key + "}");
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 2049})
  void keysAreLimitedInLength(int bytes) throws Exception {
    String table = "long-" + bytes;
    create(table, pkAndSk(KeyType.S));
    String pk = "x".repeat(bytes);
    String sk = "y".repeat(bytes / 2);
    String item = "{\"pk\":{\"S\":\"" + pk + "\"},\"sk\":{\"S\":\"" + sk + "\"}}";
    both("BatchWriteItem", batch(table, List.of(put(item))));
    both(
        "BatchWriteItem",
        batch(table, List.of(put("{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"" + sk + "y\"}}"))));
  }

  @Test
  void keysOfOneBatchAreComparedByValueAndNotJoined() throws Exception {
    create("same", new KeySchema(new KeyAttribute("id", KeyType.N), null));
    both("BatchWriteItem", batch("same", List.of(number("1"), number("1.0"))));
    both("BatchWriteItem", batch("same", List.of(number("1"), number("1E0"))));
    both("BatchWriteItem", batch("same", List.of(number("1"), number("10"))));
    both("BatchWriteItem", batch("same", List.of(number("1E1"), number("0.1"))));
    assertThat(assertSameContent("same")).hasSize(3);
    create("joined", pkAndSk(KeyType.S));
    List<String> apart =
        List.of(
            put("{\"pk\":{\"S\":\"a$b\"},\"sk\":{\"S\":\"c\"}}"),
            put("{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b$c\"}}"));
    assertThat(both("BatchWriteItem", batch("joined", apart))).doesNotContainKey("error");
    assertThat(assertSameContent("joined")).hasSize(2);
  }

  private static String number(String n) {
    return put("{\"id\":{\"N\":\"" + n + "\"}}");
  }

  @Test
  void batchesAreLimitedAndTablesMustExist() throws Exception {
    create("limits", new KeySchema(new KeyAttribute("id", KeyType.N), null));
    List<String> many = IntStream.range(0, 26).mapToObj(i -> number("" + i)).toList();
    both("BatchWriteItem", batch("limits", many));
    both("BatchWriteItem", batch("limits", many.subList(0, 25)));
    both("BatchWriteItem", batch("limits", List.of()));
    both("BatchWriteItem", batch("nowhere", many.subList(0, 1)));
    both("DescribeTable", "{\"TableName\":\"nowhere\"}");
    both("GetItem", "{\"TableName\":\"nowhere\",\"Key\":{\"id\":{\"N\":\"1\"}}}");
    assertSameContent("limits");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1023, 1024, 1025, 2048, 5000, 409_600, 409_601})
  void itemsAreLimitedAndCostByTheirSize(int bytes) throws Exception {
    if (!model.service().model().has("sizes")) {
      create("sizes", new KeySchema(new KeyAttribute("k", KeyType.S), null));
    }
    // One for the key's name, one for its value, two for the other's name.
    String value = "x".repeat(Math.max(0, bytes - 4));
    String item = "{\"k\":{\"S\":\"a\"},\"vv\":{\"S\":\"" + value + "\"}}";
    both(
        "PutItem",
        "{\"TableName\":\"sizes\",\"ReturnConsumedCapacity\":\"TOTAL\",\"Item\":" + item + "}");
    both(
        "PutItem",
        "{\"TableName\":\"sizes\",\"ReturnConsumedCapacity\":\"TOTAL\","
            + "\"Item\":{\"k\":{\"S\":\"a\"}}}");
  }

  @Test
  void conditionsHoldOrAreToldTogetherWithTheItemThatIsThere() throws Exception {
    create("conditions", new KeySchema(new KeyAttribute("id", KeyType.S), null));
    String notThere = "\"ConditionExpression\":\"attribute_not_exists(#k)\"";
    String older =
        "\"ConditionExpression\":\"attribute_not_exists(#k) OR #v < :v\","
            + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"%s\"}}";
    for (String version : List.of("5", "5", "5.0", "4", "10", "-1")) {
      conditional("PutItem", "a", version, notThere, "{\"#k\":\"id\"}");
      conditional(
          "PutItem", "b", version, older.formatted(version), "{\"#k\":\"id\",\"#v\":\"v\"}");
    }
    for (String version : List.of("9", "10", "11", "12")) {
      conditional(
          "DeleteItem", "b", version, older.formatted(version), "{\"#k\":\"id\",\"#v\":\"v\"}");
    }
    both("PutItem", "{\"TableName\":\"conditions\",\"Item\":{\"id\":{\"S\":\"c\"}}}");
    conditional("PutItem", "c", "1", older.formatted("1"), "{\"#k\":\"id\",\"#v\":\"v\"}");
    both(
        "PutItem",
        "{\"TableName\":\"conditions\",\"Item\":{\"id\":{\"S\":\"c\"},\"v\":{\"S\":\"x\"}},"
            + "\"ReturnValues\":\"ALL_OLD\"}");
    conditional("PutItem", "c", "1", older.formatted("1"), "{\"#k\":\"id\",\"#v\":\"v\"}");
    both("GetItem", "{\"TableName\":\"conditions\",\"Key\":{\"id\":{\"S\":\"c\"}}}");
    both("GetItem", "{\"TableName\":\"conditions\",\"Key\":{\"id\":{\"S\":\"none\"}}}");
    both(
        "DeleteItem",
        "{\"TableName\":\"conditions\",\"Key\":{\"id\":{\"S\":\"none\"}},"
            + "\"ReturnConsumedCapacity\":\"TOTAL\"}");
    assertThat(assertSameContent("conditions")).hasSize(2);
  }

  private static void conditional(
      String operation, String id, String version, String condition, String names)
      throws Exception {
    String what =
        operation.equals("PutItem")
            ? "\"Item\":{\"id\":{\"S\":\"" + id + "\"},\"v\":{\"N\":\"" + version + "\"}}"
            : "\"Key\":{\"id\":{\"S\":\"" + id + "\"}}";
    for (String onFailure : List.of("ALL_OLD", "NONE")) {
      both(
          operation,
          "{\"TableName\":\"conditions\",\"ReturnConsumedCapacity\":\"TOTAL\","
              + "\"ReturnValuesOnConditionCheckFailure\":\""
              + onFailure
              + "\","
              + "\"ExpressionAttributeNames\":"
              + names
              + ","
              + condition
              + ","
              + what
              + "}");
    }
  }

  @Test
  void indexesCostWhereAnItemLandsInThem() throws Exception {
    String create =
        """
        {"TableName":"indexed","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"N"},
           {"AttributeName":"g","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
         "GlobalSecondaryIndexes":[
          {"IndexName":"all","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],
           "Projection":{"ProjectionType":"ALL"}},
          {"IndexName":"keys","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],
           "Projection":{"ProjectionType":"KEYS_ONLY"}}]}\
        """;
    both("CreateTable", create);
    String large = "x".repeat(3000);
    for (String item :
        List.of(
            "{\"id\":{\"N\":\"1\"},\"g\":{\"S\":\"a\"}}",
            "{\"id\":{\"N\":\"1\"},\"g\":{\"S\":\"b\"}}",
            "{\"id\":{\"N\":\"1\"},\"g\":{\"S\":\"b\"},\"v\":{\"S\":\"" + large + "\"}}",
            "{\"id\":{\"N\":\"1\"},\"g\":{\"S\":\"b\"},\"v\":{\"S\":\"y\"}}",
            "{\"id\":{\"N\":\"1\"}}",
            "{\"id\":{\"N\":\"1\"},\"g\":{\"N\":\"1\"}}",
            "{\"id\":{\"N\":\"1\"},\"g\":{\"S\":\"\"}}",
            "{\"id\":{\"N\":\"2\"},\"v\":{\"S\":\"" + large + "\"}}")) {
      both(
          "BatchWriteItem",
          batch("indexed", List.of(put(item))).replace("\"TOTAL\"", "\"INDEXES\""));
    }
    String all =
        IntStream.range(0, 8)
            .mapToObj(i -> put("{\"id\":{\"N\":\"" + i + "\"},\"g\":{\"S\":\"z\"}}"))
            .collect(Collectors.joining(","));
    both("BatchWriteItem", batch("indexed", List.of(all)).replace("\"TOTAL\"", "\"INDEXES\""));
  }

  @Test
  void aScanGoesOnWhereItsPageEnded() throws Exception {
    create("scanned", new KeySchema(new KeyAttribute("id", KeyType.N), null));
    for (int from = 0; from < 100; from += 25) {
      both(
          "BatchWriteItem",
          batch(
              "scanned", IntStream.range(from, from + 25).mapToObj(i -> number("" + i)).toList()));
    }
    try (DynamoDbClient client = LocalTables.client(model.endpoint())) {
      int items = 0;
      for (int segment = 0; segment < 3; segment++) {
        int of = segment;
        for (var page :
            client.scanPaginator(
                scan -> scan.tableName("scanned").limit(7).segment(of).totalSegments(3))) {
          items += page.count();
        }
      }
      assertThat(items).isEqualTo(100);
    }
    assertThat(assertSameContent("scanned")).hasSize(100);
  }
}
