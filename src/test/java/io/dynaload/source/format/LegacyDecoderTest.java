package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyDecoderTest {
  private static Item decoded(String line) throws Exception {
    return Reading.item(Formats.legacyExport(), line);
  }

  @Test
  void typesAreKnownWhateverTheirCase() throws Exception {
    assertThat(
            decoded(
                    "{\"S\":{\"s\":\"{\\\"n\\\":1}\"},\"n\":{\"N\":\"1\"},\"b\":{\"b\":\"AAE=\"},"
                        + "\"t\":{\"bOOL\":true},\"z\":{\"nULLValue\":true},\"y\":{\"nULL\":true},"
                        + "\"m\":{\"m\":{\"s\":{\"s\":\"}\"},\"m\":{\"M\":{}}}},"
                        + "\"l\":{\"l\":[{\"n\":\"1\"},{\"l\":[]}]},"
                        + "\"ss\":{\"sS\":[\"a\"]},\"ns\":{\"ns\":[\"1\",\"2\"]},\"bs\":{\"Bs\":[\"\"]}}")
                .jsonText())
        .isEqualTo(
            "{\"S\":{\"S\":\"{\\\"n\\\":1}\"},\"n\":{\"N\":\"1\"},\"b\":{\"B\":\"AAE=\"},"
                + "\"t\":{\"BOOL\":true},\"z\":{\"NULL\":true},\"y\":{\"NULL\":true},"
                + "\"m\":{\"M\":{\"s\":{\"S\":\"}\"},\"m\":{\"M\":{}}}},"
                + "\"l\":{\"L\":[{\"N\":\"1\"},{\"L\":[]}]},"
                + "\"ss\":{\"SS\":[\"a\"]},\"ns\":{\"NS\":[\"1\",\"2\"]},\"bs\":{\"BS\":[\"\"]}}");
  }

  @Test
  void theOldestLayoutHasControlCharactersBetweenNamesAndValues() throws Exception {
    assertThat(
            decoded("id\3{\"s\":\"Seattle\"}\2a \"name\"\\ \3{\"nS\":[\"100\"]}\2é\3{\"m\":{}}")
                .jsonText())
        .isEqualTo(
            "{\"id\":{\"S\":\"Seattle\"},\"a \\\"name\\\"\\\\ \":{\"NS\":[\"100\"]},"
                + "\"é\":{\"M\":{}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "id\3{\"s\":\"a\"}\2|MALFORMED: a name without a value at byte 13",
        "id\3{\"s\":\"a\"}\2x\2y\3{\"s\":\"a\"}|MALFORMED: a name without a value at byte 13",
        "id\3{\"s\":\"a\"}x|MALFORMED: something follows the item at byte 12",
        "id\3|MALFORMED: '{' is expected at byte 3",
        "{\"id\":{\"t\":\"a\"}}|MALFORMED: an unknown type of value ends at byte 10",
        "{\"id\":{\"s\":\"a}}|MALFORMED: a string is cut short at byte 15",
        "{\"id\":{\"n\":\"a\"}}|NUMBER: attribute id: the text is not a number",
        "{\"id\":{\"sS\":[]}}|EMPTY_SET: attribute id: the set is empty",
        "hello|MALFORMED: '{' is expected at byte 0",
      })
  void whatIsNoItemIsRejected(String line, String why) throws Exception {
    Item item = decoded(line);

    assertThat(item.kind()).isEqualTo(Item.Kind.REJECTED);
    assertThat(item.jsonText()).isEqualTo(line);
    assertThat(item.rejection().code() + ": " + item.rejection().reason()).isEqualTo(why);
  }

  @Test
  void depthHasItsBound() throws Exception {
    String absurd = "{\"a\":{\"l\":[" + "{\"l\":[".repeat(100_000);

    assertThat(decoded(absurd).rejection().code()).isEqualTo("TOO_DEEP");
  }
}
