package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;
import io.dynaload.wire.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionalBodyTest {
  private static final KeySchema KEYS =
      new KeySchema(new KeyAttribute("p \"k\"", KeyType.S), new KeyAttribute("sk", KeyType.N));

  private final ConditionalBody insertOnly =
      new ConditionalBody("my-table", KEYS, WriteModeConfig.INSERT_ONLY);
  private final ConditionalBody newerWins =
      new ConditionalBody("my-table", KEYS, WriteModeConfig.newerWins("v"));

  private static Item put(String json) {
    return Item.put(json.getBytes(UTF_8), 10, Item.NO_WRITE_TIMESTAMP, new Origin("test", 1));
  }

  private static Item delete(String json) {
    return Item.delete(json.getBytes(UTF_8), 10, 1_700_000_000_000_000L, new Origin("test", 1));
  }

  private static String text(WireFormat.Message message) {
    return new String(message.body(), UTF_8);
  }

  @Test
  void anInsertAsksForThePartitionKeyToBeMissing() throws Exception {
    WireFormat.Message message =
        insertOnly.of(put("{\"p \\\"k\\\"\":{\"S\":\"é\"},\"sk\":{\"N\":\"1\"}}"));

    assertThat(message.operation()).isEqualTo("PutItem");
    assertThat(text(message))
        .isEqualTo(
            "{\"TableName\":\"my-table\",\"ReturnConsumedCapacity\":\"INDEXES\","
                + "\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\","
                + "\"ConditionExpression\":\"attribute_not_exists(#k)\","
                + "\"ExpressionAttributeNames\":{\"#k\":\"p \\\"k\\\"\"},"
                + "\"Item\":{\"p \\\"k\\\"\":{\"S\":\"é\"},\"sk\":{\"N\":\"1\"}}}");
  }

  @Test
  void aNewerVersionAsksForAnOlderOne() throws Exception {
    WireFormat.Message message =
        newerWins.of(
            put("{\"p \\\"k\\\"\":{\"S\":\"a\"},\"v\":{ \"N\":\"1.50\"},\"sk\":{\"N\":\"1\"}}"));

    assertThat(message.operation()).isEqualTo("PutItem");
    assertThat(text(message))
        .contains(
            "\"ConditionExpression\":\"attribute_not_exists(#k) OR #v < :v\","
                + "\"ExpressionAttributeNames\":{\"#k\":\"p \\\"k\\\"\",\"#v\":\"v\"},"
                + "\"ExpressionAttributeValues\":{\":v\":{ \"N\":\"1.50\"}},"
                + "\"Item\":{");
  }

  @Test
  void aDeleteIsOfTheKeyAloneAndItsVersionStandsInTheCondition() throws Exception {
    WireFormat.Message message =
        newerWins.of(
            delete("{\"v\":{\"S\":\"b\"},\"sk\":{\"N\":\"1\"},\"p \\\"k\\\"\":{\"S\":\"a\"}}"));

    assertThat(message.operation()).isEqualTo("DeleteItem");
    assertThat(text(message))
        .contains("#v < :v", "{\":v\":{\"S\":\"b\"}}")
        .endsWith(",\"Key\":{\"p \\\"k\\\"\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}}");
  }

  @Test
  void aDeleteHasNoPlaceAmongInserts() {
    Item delete = delete("{\"p \\\"k\\\"\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}");

    assertThat(refusal(insertOnly, delete).code()).isEqualTo("DELETE_IN_INSERT_ONLY");
  }

  @Test
  void theTimeOfADeleteIsNoVersion() {
    Item delete = delete("{\"p \\\"k\\\"\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}");

    assertThat(refusal(newerWins, delete).toString())
        .isEqualTo("VERSION_MISSING: the delete lacks the version attribute v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'w':{'N':'1'} | VERSION_MISSING",
        "'w':{'M':{'v':{'N':'1'}}} | VERSION_MISSING",
        "'v':{'B':'YQ=='} | VERSION_TYPE",
        "'v':{'NULL':true} | VERSION_TYPE",
        "'v':{'NS':['1']} | VERSION_TYPE",
      })
  void anItemNeedsAVersionThatCompares(String attribute, String code) {
    Item item = put("{\"p \\\"k\\\"\":{\"S\":\"a\"}," + attribute.replace('\'', '"') + "}");

    Failure failure = refusal(newerWins, item);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID);
    assertThat(failure.message()).contains("version attribute v");
  }

  private static Failure refusal(ConditionalBody bodies, Item item) {
    return catchThrowableOfType(RefusedItemException.class, () -> bodies.of(item)).failure();
  }
}
