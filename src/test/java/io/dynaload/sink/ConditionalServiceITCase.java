package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.CanonicalText;
import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.RandomItems;
import io.dynaload.item.Respelling;
import io.dynaload.item.Value;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Conditional calls, asked of DynamoDB Local. */
@Timeout(120)
class ConditionalServiceITCase {
  private static final String TABLE = "conditional";
  private static final KeySchema KEYS =
      new KeySchema(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", KeyType.N));

  /** Reserved words and signs stand in no expression. */
  private static final String VERSION = "date.of #change:1";

  private static EmbeddedDynamoDb dynamoDb;
  private static DynamoDbClient client;

  @BeforeAll
  static void start() {
    dynamoDb = EmbeddedDynamoDb.start();
    client = LocalTables.client(dynamoDb.endpoint());
    LocalTables.create(client, TABLE, KEYS);
  }

  @AfterAll
  static void stop() {
    client.close();
    dynamoDb.close();
  }

  private static BatchService open(WriteModeConfig mode) {
    DynamoDbSinkConfig any = TestConfig.of(TABLE, dynamoDb.endpoint().toString());
    return HttpBatchServices.open(
        new DynamoDbSinkConfig(
            TABLE,
            any.aws(),
            CapacityConfig.units(1000),
            new WriteConfig(8, Duration.ofMinutes(1), mode),
            null),
        KEYS);
  }

  private static Answer call(BatchService service, Item item) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    service.call(List.of(item), answer::complete);
    return answer.get(60, TimeUnit.SECONDS);
  }

  private static Map<String, Value> keyed(Map<String, Value> item, String pk) {
    item.put("pk", new Value.S(pk));
    item.put("sk", new Value.N("1.0"));
    return item;
  }

  /** What is there is spelled as DynamoDB spells it, and compared with every kind of value. */
  @Test
  void ourOwnItemIsKnownAgainHoweverItIsSpelledAndNoOtherIsTakenForIt() throws Exception {
    RandomItems random = new RandomItems(7);
    Respelling respelling = new Respelling(7);
    try (BatchService service = open(WriteModeConfig.INSERT_ONLY)) {
      for (int i = 0; i < 400; i++) {
        Map<String, Value> item = keyed(random.next(Map.of()), "same-" + i);
        Map<String, Value> changed = keyed(respelling.changed(item), "same-" + i);
        Item first = RandomItems.encode(item);

        assertThat(call(service, first)).isEqualTo(taken(first));
        assertThat(call(service, RandomItems.encode(respelling.of(item)))).isEqualTo(taken(first));
        if (!CanonicalText.of(changed).equals(CanonicalText.of(item))) {
          assertThat(call(service, RandomItems.encode(changed)))
              .isInstanceOf(Answer.LeftAlone.class);
        }
      }
    }
  }

  private static Answer taken(Item item) {
    return new Answer.Taken(item.writeUnits(), Set.of());
  }

  @ParameterizedTest
  @CsvSource({
    "N 9, N 10, newer",
    "N 10, N 9, older",
    "N 1, N 1.0, older",
    "N -2, N -1, newer",
    "N 12345678901234567890123456789012345678, N 1.2345678901234567890123456789012345679E37, newer",
    "S 9, S 10, older",
    "S 2023-01-01T00:00:00Z, S 2023-01-01T00:00:00.1Z, older",
    "S 2023-01-01, S 2023-01-02, newer",
    "S z, S é, newer",
    "S A, S a, newer",
    "S 1, N 2, older",
    "N 1, S 2, older",
    "NULL, N 2, older",
    "none, N 2, older",
  })
  void versionsCompareAsDynamoDbComparesThem(String there, String ours, String which)
      throws Exception {
    String pk = there + " " + ours;
    try (BatchService overwriting = open(WriteModeConfig.OVERWRITE);
        BatchService service = open(WriteModeConfig.newerWins(VERSION))) {
      assertThat(call(overwriting, item(pk, there, "theirs"))).isInstanceOf(Answer.Taken.class);

      Answer answer = call(service, item(pk, ours, "ours"));

      assertThat(answer)
          .isInstanceOf(which.equals("newer") ? Answer.Taken.class : Answer.LeftAlone.class);
      // A delete of the same version finds what was just put, or what stayed.
      assertThat(call(service, delete(pk, ours))).isInstanceOf(Answer.LeftAlone.class);
    }
  }

  @Test
  void aDeleteTakesAnOlderItemAndOneThatIsNotThere() throws Exception {
    try (BatchService service = open(WriteModeConfig.newerWins(VERSION))) {
      assertThat(call(service, item("deleted", "N 1", "ours"))).isInstanceOf(Answer.Taken.class);
      assertThat(call(service, delete("deleted", "N 2"))).isInstanceOf(Answer.Taken.class);
      assertThat(call(service, delete("deleted", "N 2"))).isInstanceOf(Answer.Taken.class);
      assertThat(call(service, item("deleted", "N 1", "ours"))).isInstanceOf(Answer.Taken.class);
    }
  }

  private static Item item(String pk, String version, String by) throws Exception {
    Map<String, Value> item = keyed(new LinkedHashMap<>(), pk);
    item.put("by", new Value.S(by));
    if (!version.equals("none")) {
      item.put(VERSION, value(version));
    }
    return RandomItems.encode(item);
  }

  private static Item delete(String pk, String version) throws Exception {
    Map<String, Value> key = keyed(new LinkedHashMap<>(), pk);
    key.put(VERSION, value(version));
    Item item = RandomItems.encode(key);
    return Item.delete(item.json(), item.size(), Item.NO_WRITE_TIMESTAMP, item.origin());
  }

  private static Value value(String version) {
    String text = version.substring(version.indexOf(' ') + 1);
    return switch (version.substring(0, 2)) {
      case "N " -> new Value.N(text);
      case "S " -> new Value.S(text);
      default -> new Value.Null();
    };
  }
}
