package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDocumentTest {
  private static final ItemEncoder.Name NAME = new ItemEncoder.Name("doc");

  private static String encoded(String json) throws InvalidItemException {
    return new ItemEncoder()
        .begin()
        .value(NAME, JsonDocument.parse(NAME, json))
        .put(Item.NO_WRITE_TIMESTAMP, new Origin("t", 0))
        .jsonText();
  }

  @Test
  void everyKindOfValueBecomesItsTypeAndNumbersKeepTheirDigits() throws Exception {
    assertThat(
            encoded(
                """
                {"a": [1, -0.10, 1.50E3, 12345678901234567890123456789012345678], "b": {},
                 "c": [], "d": "x\\n", "e": true, "f": false, "g": null}
                """))
        .isEqualTo(
            "{\"doc\":{\"M\":{\"a\":{\"L\":[{\"N\":\"1\"},{\"N\":\"-0.10\"},{\"N\":\"1.50E3\"},"
                + "{\"N\":\"12345678901234567890123456789012345678\"}]},\"b\":{\"M\":{}},"
                + "\"c\":{\"L\":[]},\"d\":{\"S\":\"x\\n\"},\"e\":{\"BOOL\":true},"
                + "\"f\":{\"BOOL\":false},\"g\":{\"NULL\":true}}}}");
  }

  @Test
  void aSingleValueIsADocumentToo() throws Exception {
    assertThat(encoded("7")).isEqualTo("{\"doc\":{\"N\":\"7\"}}");
    assertThat(encoded(" \"x\" ")).isEqualTo("{\"doc\":{\"S\":\"x\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | it is empty",
        "{\"secret\": | line 1, column",
        "{\"a\":1} {\"secret\":2} | something follows the value",
        "{\"secret\":1,\"secret\":2} | line 1, column",
        "NaN | line 1, column",
        "secret | line 1, column"
      })
  void whatIsNoJsonIsRefusedWithoutShowingIt(String text, String problem) {
    InvalidItemException e = catchThrowableOfType(InvalidItemException.class, () -> encoded(text));

    assertThat(e.reason()).isEqualTo(InvalidItemException.Reason.MALFORMED);
    assertThat(e.problem())
        .startsWith("attribute doc: it is no JSON, or has a key twice (" + problem)
        .doesNotContain("secret");
  }

  @Test
  void whatDynamoDbCannotHoldIsRefused() {
    assertThat(catchThrowableOfType(InvalidItemException.class, () -> encoded("[1E400]")).reason())
        .isEqualTo(InvalidItemException.Reason.NUMBER);
    assertThat(
            catchThrowableOfType(
                    InvalidItemException.class, () -> encoded("[".repeat(40) + "]".repeat(40)))
                .reason())
        .isEqualTo(InvalidItemException.Reason.TOO_DEEP);
  }
}
