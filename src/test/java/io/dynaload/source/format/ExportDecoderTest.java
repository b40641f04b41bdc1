package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportDecoderTest {
  private static final String KEYS = "{\"pk\":{\"S\":\"a\"}}";
  private static final String IMAGE = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1E-130\"}}";
  private static final String OLD = "{\"pk\":{\"S\":\"a\"},\"o\":{\"L\":[{\"M\":{}}]}}";
  private static final String METADATA = "{\"WriteTimestampMicros\":{\"N\":\"1680109764000000\"}}";

  private static Item decoded(String line) throws Exception {
    return Reading.item(Formats.dynamoDbExport(), line);
  }

  private static String reason(String line) throws Exception {
    Item item = decoded(line);
    assertThat(item.kind()).isEqualTo(Item.Kind.REJECTED);
    assertThat(item.jsonText()).isEqualTo(line);
    assertThat(item.origin()).isEqualTo(new Origin(Reading.FILE, 1));
    return item.rejection().code() + ": " + item.rejection().reason();
  }

  @Test
  void theItemOfAFullExportIsAPutOfItsBytes() throws Exception {
    Item item = decoded("{\"Item\":" + IMAGE + "}");

    assertThat(item.kind()).isEqualTo(Item.Kind.PUT);
    assertThat(item.jsonText()).isEqualTo(IMAGE);
    assertThat(item.size()).isEqualTo(3 + 1 + 2);
    assertThat(item.hasWriteTimestamp()).isFalse();
  }

  @Test
  void theNewImageIsAPutWithTheTimeOfTheWrite() throws Exception {
    for (String line :
        new String[] {
          "{\"Metadata\":%s,\"Keys\":%s,\"NewImage\":%s}".formatted(METADATA, KEYS, IMAGE),
          "{\"Metadata\":%s,\"Keys\":%s,\"OldImage\":%s,\"NewImage\":%s}"
              .formatted(METADATA, KEYS, OLD, IMAGE),
          " { \"NewImage\" : %s , \"OldImage\" : %s , \"Keys\" : %s, \"Metadata\" : %s } "
              .formatted(IMAGE, OLD, KEYS, METADATA),
        }) {
      Item item = decoded(line);
      assertThat(item.kind()).isEqualTo(Item.Kind.PUT);
      assertThat(item.jsonText()).isEqualTo(IMAGE);
      assertThat(item.writeTimestampMicros()).isEqualTo(1680109764000000L);
    }
  }

  @Test
  void aRecordWithoutANewImageIsADeleteByItsKeys() throws Exception {
    for (String old : new String[] {"", ",\"OldImage\":" + OLD}) {
      Item item = decoded("{\"Metadata\":%s,\"Keys\":%s%s}".formatted(METADATA, KEYS, old));

      assertThat(item.kind()).isEqualTo(Item.Kind.DELETE);
      assertThat(item.jsonText()).isEqualTo(KEYS);
      assertThat(item.size()).isEqualTo(3);
      assertThat(item.writeTimestampMicros()).isEqualTo(1680109764000000L);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"N\":\"1680109764000000\"}|1680109764000000",
        "{ \"N\" : \"1680109764000000\" }|1680109764000000",
        "{\"N\":\"1.680109764E15\"}|1680109764000000",
        "{\"N\":\"00000000000000001680109764000000\"}|1680109764000000",
        "{\"N\":\"-5\"}|-5",
      })
  void theTimestampIsReadInEverySpelling(String number, long micros) throws Exception {
    String metadata = "{\"WriteTimestampMicros\":%s}".formatted(number);

    assertThat(
            decoded("{\"Metadata\":%s,\"Keys\":%s}".formatted(metadata, KEYS))
                .writeTimestampMicros())
        .isEqualTo(micros);
  }

  @Test
  void aTimestampThatIsNoneIsRefused() throws Exception {
    for (String number :
        new String[] {
          "{\"N\":\"1.5\"}", "{\"N\":\"9E18\"}".replace("9E18", "1E19"), "{\"S\":\"1\"}"
        }) {
      assertThat(
              reason(
                  "{\"Metadata\":{\"WriteTimestampMicros\":%s},\"Keys\":%s}"
                      .formatted(number, KEYS)))
          .isEqualTo(
              "MALFORMED: Metadata: WriteTimestampMicros is no whole number of microseconds");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|MALFORMED: '\"' is expected at byte 1",
        "{\"Item\":{\"a\":{\"S\":\"b\"}}|MALFORMED: '}' is expected at byte 23",
        "{\"Item\":{\"a\":{\"S\":\"b\"}}}}|MALFORMED: something follows the record at byte 24",
        "{\"Item\":{\"a\":{\"N\":\"x\"}}}|NUMBER: Item: attribute a: the text is not a number",
        "{\"item\":{\"a\":{\"S\":\"b\"}}}|MALFORMED: an unknown part of a record at byte 8",
        "{\"a\":{\"S\":\"b\"}}|MALFORMED: an unknown part of a record at byte 5",
        "{\"Item\":{},\"Item\":{}}|MALFORMED: Item is there twice, again at byte 18",
        "{\"Metadata\":{}}|MALFORMED: the record has neither Item nor Keys",
        "[]|MALFORMED: '{' is expected at byte 0",
      })
  void whatIsNoRecordIsRejectedWithTheReason(String line, String reason) throws Exception {
    assertThat(reason(line)).isEqualTo(reason);
  }

  @Test
  void aReasonNeverHoldsAValue() throws Exception {
    assertThat(reason("{\"Item\":{\"card\":{\"N\":\"4111-1111\"}}}")).doesNotContain("4111");
  }
}
