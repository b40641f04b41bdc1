package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.wire.Failure;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchAnswersTest {
  private final BatchAnswers answers = new BatchAnswers(TestItems.KEYS);

  @Test
  void allWasTaken() {
    assertThat(
            read(
                "{\"UnprocessedItems\":{},\"ConsumedCapacity\":"
                    + "[{\"TableName\":\"t\",\"CapacityUnits\":24.0}]}"))
        .isEqualTo(new Answer.Taken(24, Set.of()));
  }

  @Test
  void anIndexCountsAlthoughTheTotalDoesNotTellOfIt() {
    assertThat(
            read(
                "{\"ConsumedCapacity\":[{\"CapacityUnits\":1.0,\"Table\":{\"CapacityUnits\":1.0},"
                    + "\"GlobalSecondaryIndexes\":{\"g\":{\"CapacityUnits\":2.0}},"
                    + "\"LocalSecondaryIndexes\":{\"l\":{\"CapacityUnits\":1.0}}}]}"))
        .isEqualTo(new Answer.Taken(4, Set.of()));
  }

  @Test
  void theUnitsOfAllTablesAreAddedUpButNotThoseOfTheirParts() {
    assertThat(
            read(
                "{\"ConsumedCapacity\":[{\"CapacityUnits\":1.5,\"Table\":{\"CapacityUnits\":1.0},"
                    + "\"GlobalSecondaryIndexes\":{\"g\":{\"CapacityUnits\":0.5}}},"
                    + "{\"CapacityUnits\":2.5}]}"))
        .isEqualTo(new Answer.Taken(4, Set.of()));
  }

  @Test
  void unprocessedItemsAreKnownByTheirKeysHoweverTheyAreSpelled() throws Exception {
    assertThat(
            read(
                "{ \"UnprocessedItems\" : { \"t\" : [ "
                    + "{\"PutRequest\":{\"Item\": {\"v\":{\"M\":{\"id\":{\"N\":\"9\"}}},"
                    + " \"id\" : {\"N\":\"7.0\"} } } },"
                    + "{\"DeleteRequest\":{\"Key\":{\"id\":{\"N\":\"8\"}}}} ] } }"))
        .isEqualTo(
            new Answer.Taken(
                0,
                Set.of(
                    TestItems.KEYS.keyOf(TestItems.item(7, "v")),
                    TestItems.KEYS.keyOf(TestItems.item(8, "v")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"UnprocessedItems\":{},\"Consumed",
        "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"v\":{\"S\":\"\"}}}}]}}",
        "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"}}}}]"
      })
  void whatCannotBeReadIsSentAgain(String body) {
    assertThat(read(body))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.RETRYABLE));
  }

  @Test
  void keysOfTwoAttributesAreFound() throws Exception {
    KeySchema keys =
        new KeySchema(new KeyAttribute("p", KeyType.S), new KeyAttribute("s", KeyType.B));

    assertThat(
            new BatchAnswers(keys)
                .success(
                    ("{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":"
                            + "{\"s\":{\"B\":\"/w==\"},\"p\":{\"S\":\"a\\\"}\"}}}}]}}")
                        .getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Answer.Taken.class, taken -> assertThat(taken.unprocessed()).hasSize(1));
  }

  private Answer read(String body) {
    return answers.success(body.getBytes(UTF_8));
  }
}
