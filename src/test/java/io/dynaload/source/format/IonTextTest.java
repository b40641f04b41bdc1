package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IonTextTest {
  private static List<String> shown(String file) throws Exception {
    return Reading.items(Formats.ion(), file).stream()
        .map(
            item ->
                item.origin().position()
                    + (item.isRejected() ? " " + item.rejection().code() + ": " : " ")
                    + item.jsonText())
        .toList();
  }

  @Test
  void recordsNeedNoLinesOfTheirOwn() throws Exception {
    assertThat(
            shown(
                "// items\n$ion_1_0 {a:1}{Item:{a:2}} /* } */ {a:'''{\n''' '''3''', // }\n b:[{}]}\n\n"))
        .containsExactly(
            "1 {\"a\":{\"N\":\"1\"}}",
            "2 {\"a\":{\"N\":\"2\"}}",
            "3 {\"a\":{\"S\":\"{\\n3\"},\"b\":{\"L\":[{\"M\":{}}]}}");
  }

  @Test
  void aRecordThatIsNotClosedEndsBeforeTheNextOne() throws Exception {
    assertThat(shown("{a:1\n{a:2}\n$ion_1_0 {a:[3}\n$ion_1_0 {a:\"4}\n$ion_1_0 {a:5}}\n{a:6}"))
        .containsExactly(
            "1 MALFORMED: {a:1\n",
            "2 {\"a\":{\"N\":\"2\"}}",
            "3 MALFORMED: $ion_1_0 {a:[3}\n",
            "4 MALFORMED: $ion_1_0 {a:\"4}\n",
            "5 {\"a\":{\"N\":\"5\"}}",
            "6 MALFORMED: }",
            "7 {\"a\":{\"N\":\"6\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{v:1.50}|{\"v\":{\"N\":\"1.50\"}}",
        "{v:1d-130}|{\"v\":{\"N\":\"1E-130\"}}",
        "{v:-12345678901234567890123456789012345678}|{\"v\":{\"N\":\"-12345678901234567890123456789012345678\"}}",
        "{v:2.5e0}|{\"v\":{\"N\":\"2.5\"}}",
        "{v:null.string}|{\"v\":{\"NULL\":true}}",
        "{v:{{AAE=}}}|{\"v\":{\"B\":\"AAE=\"}}",
        "{v:{{//8=}}}|{\"v\":{\"B\":\"//8=\"}}",
        "{v:2020-01-01T00:00:00.000Z}|{\"v\":{\"S\":\"2020-01-01T00:00:00.000Z\"}}",
        "{v:symbol}|{\"v\":{\"S\":\"symbol\"}}",
        "{'a b':$dynamodb_BS::[{{AA==}},{{}}]}|{\"a b\":{\"BS\":[\"AA==\",\"\"]}}",
        "{v:$dynamodb_NS::[1,2.]}|{\"v\":{\"NS\":[\"1\",\"2\"]}}",
      })
  void valuesHaveTheTypesThatTheyHaveInDynamoDb(String record, String item) throws Exception {
    assertThat(Reading.item(Formats.ion(), record).jsonText()).isEqualTo(item);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{v:nan}|UNSUPPORTED_VALUE: NaN and infinity are no numbers to DynamoDB",
        "{v:{{\"a\"}}}|UNSUPPORTED_VALUE: DynamoDB has no type for Ion's CLOB",
        "{v:(a)}|UNSUPPORTED_VALUE: DynamoDB has no type for Ion's SEXP",
        "{v:1,v:2}|DUPLICATE_ATTRIBUTE: two attributes have the same name",
        "{v:$dynamodb_SS::[]}|EMPTY_SET: attribute v: the set is empty",
        "{v:$dynamodb_SS::[1]}|MALFORMED: the annotation of a set that its elements are not of",
        "{v:$dynamodb_SS::[\"a\",\"a\"]}|DUPLICATE_IN_SET: the set holds an element twice",
        "{v:$dynamodb_NS::[1,1.0]}|DUPLICATE_IN_SET: attribute v: the set holds a number more than once",
        "{v:1d126}|NUMBER: attribute v: the number is outside of the range of ±1E-130 to ±9.99E+125",
        "{v:}|MALFORMED: the record is no Ion",
        "$77|MALFORMED: the record is no Ion",
        "null.struct|MALFORMED: a struct is expected",
      })
  void whatCannotBeAnItemIsRejected(String record, String why) throws Exception {
    Item item = Reading.item(Formats.ion(), record);

    assertThat(item.kind()).isEqualTo(Item.Kind.REJECTED);
    assertThat(item.jsonText()).isEqualTo(record);
    assertThat(item.rejection().code() + ": " + item.rejection().reason()).isEqualTo(why);
  }

  @Test
  void whatWouldTakeAReaderTooLongIsNotGivenToIt() throws Exception {
    String deep = "{a:" + "[".repeat(500_000) + "]".repeat(500_000) + "}";
    String digits = "{a:" + "7".repeat(5_000_000) + "}";

    assertThat(Reading.item(Formats.ion(), deep).rejection().code()).isEqualTo("TOO_DEEP");
    assertThat(Reading.item(Formats.ion(), digits).rejection().code()).isEqualTo("NUMBER");
    assertThat(Reading.item(Formats.ionExport(), deep).rejection().code()).isEqualTo("TOO_DEEP");
  }

  @Test
  void anItemMayBeAsDeepAsDynamoDbLetsIt() throws Exception {
    String deepest = "{a:".repeat(32) + "1" + "}".repeat(32);

    assertThat(Reading.item(Formats.ion(), deepest).isRejected()).isFalse();
    assertThat(Reading.item(Formats.ion(), "{Item:" + deepest + "}").isRejected()).isFalse();
    assertThat(Reading.item(Formats.ionExport(), "{Item:" + deepest + "}").isRejected()).isFalse();
    assertThat(Reading.item(Formats.ion(), "{a:" + deepest + "}").rejection().code())
        .isEqualTo("TOO_DEEP");
  }

  @Test
  void aDeleteOfAnIncrementalExportIsReadWithItsTime() throws Exception {
    Item item =
        Reading.item(
            Formats.ionExport(),
            "$ion_1_0 {Record:{Keys:{a:1.},OldImage:{a:1.,b:2.},"
                + "Metadata:{WriteTimestampMicros:1680109764000123.}}}");

    assertThat(item.kind()).isEqualTo(Item.Kind.DELETE);
    assertThat(item.jsonText()).isEqualTo("{\"a\":{\"N\":\"1\"}}");
    assertThat(item.writeTimestampMicros()).isEqualTo(1680109764000123L);
  }
}
