package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {
  private static Item decoded(String line) throws Exception {
    return Reading.item(Formats.json(), line);
  }

  @Test
  void valuesHaveTheTypesThatTheyHaveInDynamoDb() throws Exception {
    assertThat(
            decoded(
                    "{\"s\":\"\\ud83d\\ude00\",\"t\":true,\"z\":null,\"l\":[1,\"\"],\"m\":{\"a\":{}}}")
                .jsonText())
        .isEqualTo(
            "{\"s\":{\"S\":\"😀\"},\"t\":{\"BOOL\":true},\"z\":{\"NULL\":true},"
                + "\"l\":{\"L\":[{\"N\":\"1\"},{\"S\":\"\"}]},\"m\":{\"M\":{\"a\":{\"M\":{}}}}}");
  }

  @Test
  void numbersKeepEveryDigit() throws Exception {
    for (String number :
        new String[] {"12345678901234567890123456789012345678", "1E-130", "1.10", "-0.5e+3"}) {
      assertThat(decoded("{\"n\":" + number + "}").jsonText())
          .isEqualTo("{\"n\":{\"N\":\"" + number + "\"}}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"n\":123456789012345678901234567890123456789}|NUMBER: attribute n: the number has more than 38 significant digits",
        "{\"n\":1E126}|NUMBER: attribute n: the number is outside of the range of ±1E-130 to ±9.99E+125",
        "{\"n\":NaN}|MALFORMED: it is no JSON, or has an object with a name twice (column 9)",
        "{\"a\":1,\"a\":2}|MALFORMED: it is no JSON, or has an object with a name twice (column 11)",
        "{\"\":1}|UNSUPPORTED_VALUE: a name that is empty, too long or no Unicode",
        "{\"s\":\"\\ud800\"}|UNSUPPORTED_VALUE: attribute s: an unpaired surrogate at character 0",
        "7|MALFORMED: an object is expected",
        "[{\"a\":1}]|MALFORMED: an object is expected; of an array, each element has to be a line of its own",
        "{\"a\":1} x|MALFORMED: it is no JSON, or has an object with a name twice (column 10)",
      })
  void whatCannotBeAnItemIsRejected(String line, String why) throws Exception {
    Item item = decoded(line);

    assertThat(item.kind()).isEqualTo(Item.Kind.REJECTED);
    assertThat(item.jsonText()).isEqualTo(line);
    assertThat(item.rejection().code() + ": " + item.rejection().reason()).isEqualTo(why);
  }

  @Test
  void anObjectMayBeAsDeepAsAnItem() throws Exception {
    String deepest = "{\"a\":".repeat(32) + "1" + "}".repeat(32);
    String tooDeep = "{\"a\":".repeat(33) + "1" + "}".repeat(33);
    String absurd = "{\"a\":".repeat(100_000);

    assertThat(decoded(deepest).isRejected()).isFalse();
    assertThat(decoded(tooDeep).rejection().code()).isEqualTo("TOO_DEEP");
    assertThat(decoded(absurd).rejection().code()).isEqualTo("MALFORMED");
  }
}
