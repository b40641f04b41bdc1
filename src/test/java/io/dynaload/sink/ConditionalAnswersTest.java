package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.wire.Failure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalAnswersTest {
  private static final Item SENT = TestItems.item(1, "a");

  private static Answer read(Item item, int status, String body) {
    return ConditionalAnswers.read(item, status, body.getBytes(UTF_8));
  }

  private static Answer unmet(Item item, String there) {
    return read(
        item,
        400,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
            + "\"message\":\"The conditional request failed\""
            + there
            + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | 0",
        "{\"ConsumedCapacity\":{\"TableName\":\"t\",\"CapacityUnits\":2.0}} | 2",
        "{\"ConsumedCapacity\":{\"CapacityUnits\":3.0,\"TableName\":\"t\","
            + "\"Table\":{\"CapacityUnits\":1.0},"
            + "\"GlobalSecondaryIndexes\":{\"g\":{\"CapacityUnits\":2.0}}}} | 3",
      })
  void aConditionThatIsMetIsAWrite(String body, double units) {
    assertThat(read(SENT, 200, body)).isEqualTo(new Answer.Taken(units, Set.of()));
  }

  @Test
  void theVeryItemThatWasSentWasWrittenByUs() {
    assertThat(unmet(SENT, ",\"Item\": { \"v\":{\"S\":\"a\"},\"id\":{\"N\":\"1.0\"} }"))
        .isEqualTo(new Answer.Taken(1, Set.of()));
  }

  @Test
  void anotherItemIsLeftAlone() {
    assertThat(unmet(SENT, ",\"Item\":{\"id\":{\"N\":\"1\"},\"v\":{\"S\":\"b\"}}"))
        .isEqualTo(new Answer.LeftAlone(1));
  }

  @Test
  void whatCannotBeDeletedIsLeftAloneEvenIfItIsNothingButTheKey() {
    assertThat(unmet(TestItems.delete(1), ",\"Item\":{\"id\":{\"N\":\"1\"}}"))
        .isEqualTo(new Answer.LeftAlone(1));
  }

  @Test
  void aConditionThatIsNotMetCostsTheLargerItem() {
    String text = "x".repeat(5000);

    assertThat(unmet(SENT, ",\"Item\":{\"id\":{\"N\":\"1\"},\"v\":{\"S\":\"" + text + "\"}}"))
        .isEqualTo(new Answer.LeftAlone(5));
    assertThat(
            unmet(
                TestItems.sized(1, "a", 3000),
                ",\"Item\":{\"id\":{\"N\":\"1\"},\"v\":{\"S\":\"b\"}}"))
        .isEqualTo(new Answer.LeftAlone(3));
  }

  /** It could be ours, or not; to guess would be to miscount. */
  @Test
  void anAnswerThatDoesNotTellWhatIsThereIsFinal() {
    assertThat(unmet(SENT, ""))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.FATAL));
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"Item\":[]", ",\"Item\":{\"id\":{\"N\":"})
  void anAnswerThatCannotBeReadIsAskedForAgain(String there) {
    assertThat(unmet(SENT, there))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.RETRYABLE));
  }

  /** To ask again would give the same answer until the run gives up. */
  @Test
  void anItemThatWeCouldNotHaveWrittenIsAnotherOne() {
    String tooLarge = "x".repeat(500 << 10);
    for (String there : List.of("{\"S\":\"" + tooLarge + "\"}", "{\"NEW\":1}")) {
      assertThat(unmet(SENT, ",\"Item\":{\"id\":{\"N\":\"1\"},\"v\":" + there + "}"))
          .isEqualTo(new Answer.LeftAlone(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, THROTTLED",
    "400, ValidationException, INVALID",
    "400, TransactionConflictException, RETRYABLE",
    "500, InternalServerError, RETRYABLE",
    "400, AccessDeniedException, FATAL"
  })
  void otherErrorsAreThoseOfBatches(int status, String code, Failure.Kind kind) {
    assertThat(read(SENT, status, "{\"__type\":\"x#" + code + "\"}"))
        .isInstanceOfSatisfying(
            Answer.Failed.class, failed -> assertThat(failed.failure().kind()).isEqualTo(kind));
  }
}
