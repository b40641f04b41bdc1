package io.dynaload.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.source.format.CsvOptions.Dialect;
import io.dynaload.source.format.CsvOptions.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvFormatTest {
  private static final RecordFormat CSV = Formats.csv(CsvOptions.DEFAULTS);

  private static CsvOptions typed(Map<String, Type> types) {
    return new CsvOptions(List.of(), Dialect.RFC_4180, "", types, true);
  }

  private static String json(RecordFormat format, String file) throws Exception {
    return Reading.item(format, file).jsonText();
  }

  private static Item rejected(RecordFormat format, String file) throws Exception {
    Item item = Reading.item(format, file);
    assertThat(item.kind()).isEqualTo(Item.Kind.REJECTED);
    return item;
  }

  @Test
  void aRowIsAPutOfItsTextsUnderTheNamesOfTheFirstRow() throws Exception {
    List<Item> items = Reading.items(CSV, "\ufeffid,name\r\n1,Åse\r\n\r\n2,\"a \"\"b\"\", c\"\n3,");

    assertThat(items.stream().map(Item::jsonText))
        .containsExactly(
            "{\"id\":{\"S\":\"1\"},\"name\":{\"S\":\"Åse\"}}",
            "{\"id\":{\"S\":\"2\"},\"name\":{\"S\":\"a \\\"b\\\", c\"}}",
            "{\"id\":{\"S\":\"3\"}}");
    assertThat(items.stream().map(item -> item.origin().position())).containsExactly(2L, 4L, 5L);
  }

  @Test
  void aQuotedValueMayHoldLines() throws Exception {
    String file = "id,note\n1,\"first\nsecond\r\nthird\"\n2,x\n";

    List<Item> items = Reading.items(CSV, file);

    assertThat(items.get(0).jsonText()).contains("\"first\\nsecond\\r\\nthird\"");
    assertThat(items.get(1).origin().position()).isEqualTo(5);
    assertThat(Reading.Shown.of(Reading.itemsWithInterruptions(CSV, Reading.bytes(file))))
        .isEqualTo(Reading.Shown.of(items));
  }

  @Test
  void columnsHaveTypes() throws Exception {
    RecordFormat format =
        Formats.csv(
            typed(Map.of("n", Type.N, "b", Type.B, "t", Type.BOOL, "j", Type.JSON, "s", Type.S)));

    assertThat(json(format, "n,b,t,j,s\n 1E-130 ,AAE=,True,\"{\"\"a\"\":[1.50,null]}\",7\n"))
        .isEqualTo(
            "{\"n\":{\"N\":\"1E-130\"},\"b\":{\"B\":\"AAE=\"},\"t\":{\"BOOL\":true},"
                + "\"j\":{\"M\":{\"a\":{\"L\":[{\"N\":\"1.50\"},{\"NULL\":true}]}}},\"s\":{\"S\":\"7\"}}");
  }

  @Test
  void aValueThatIsNotOfItsTypeRejectsTheRowByTheAttributesName() throws Exception {
    for (Map.Entry<Type, String> wrong :
        Map.of(
                Type.N, "NUMBER: attribute v: the text is not a number",
                Type.B, "MALFORMED: attribute v: the text is not Base64",
                Type.BOOL, "MALFORMED: attribute v: true or false is expected",
                Type.JSON,
                    "MALFORMED: attribute v: it is no JSON, or has an object with a name twice (column 6)")
            .entrySet()) {
      Item item = rejected(Formats.csv(typed(Map.of("v", wrong.getKey()))), "id,v\n1,wrong\n");

      assertThat(item.rejection().code() + ": " + item.rejection().reason())
          .isEqualTo(wrong.getValue());
      assertThat(item.jsonText()).isEqualTo("1,wrong");
      assertThat(item.origin().position()).isEqualTo(2);
    }
  }

  @Test
  void delimiterQuoteNullTextAndNamesAreGiven() throws Exception {
    CsvOptions options =
        new CsvOptions(List.of("a", "b", "c"), new Dialect('\t', '\''), "\\N", Map.of(), true);

    assertThat(json(Formats.csv(options), "\t'\\N'\t\\N"))
        .isEqualTo("{\"a\":{\"S\":\"\"},\"b\":{\"S\":\"\\\\N\"}}");
  }

  @Test
  void aQuotedEmptyValueIsAnEmptyText() throws Exception {
    assertThat(json(CSV, "a,b\n\"\",\n")).isEqualTo("{\"a\":{\"S\":\"\"}}");
  }

  @Test
  void aRaggedRowIsRejectedAndTheNextOneIsRead() throws Exception {
    List<Item> items = Reading.items(CSV, "a,b\n1\n1,2,3\n\"1\"x,2\n1,2\n");

    assertThat(items.stream().limit(3).map(item -> item.rejection().reason()))
        .containsExactly(
            "the row has 1 values, not 2",
            "the row has 3 values, not 2",
            "it is no row of CSV: a quote that is not closed, or something between a closing quote"
                + " and the next value");
    assertThat(items.get(3).isRejected()).isFalse();
  }

  @Test
  void aQuoteThatIsNeverClosedIsOneRejectedItemIfItCanBeKept() throws Exception {
    assertThat(rejected(CSV, "a,b\n1,\"2\n3,4\n").jsonText()).isEqualTo("1,\"2\n3,4\n");

    String large = "a,b\n1,\"2\n" + "3,4\n".repeat(Records.MAX_KEPT / 4 + 1);
    assertThatThrownBy(() -> Reading.items(CSV, large))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith(
            Reading.FILE + ": the row that begins on line 2 has a quote that is not closed within");
  }

  @Test
  void withoutValuesOfSeveralLinesAFileIsReadInPartsCutAnywhere() throws Exception {
    RecordFormat format =
        Formats.csv(new CsvOptions(List.of(), Dialect.RFC_4180, "", Map.of(), false));
    byte[] file = Reading.bytes("id,x\n1,a\n\n2,\"b\"\r\n3,\"c\n4,d\n");
    List<String> whole = Reading.items(format, file).stream().map(Item::jsonText).toList();
    assertThat(whole).hasSize(4).contains("3,\"c");
    assertThat(format.splitting()).isEqualTo(RecordFormat.Splitting.AT_ANY_BYTE);

    for (int cut = 0; cut <= file.length; cut++) {
      List<Item> items = new ArrayList<>();
      items.addAll(Reading.items(format, file, FilePart.between("a", 0, cut)));
      items.addAll(Reading.items(format, file, FilePart.between("b", cut, file.length)));
      assertThat(items.stream().map(Item::jsonText)).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void whatCannotNameColumnsFailsByTheFilesName() {
    assertThatThrownBy(() -> Reading.items(CSV, "a,a\n1,2\n"))
        .isInstanceOf(ImportException.class)
        .hasMessage(Reading.FILE + " has two columns named a");
    assertThatThrownBy(() -> Reading.items(CSV, "a,\n1,2\n"))
        .hasMessage(Reading.FILE + " has a column whose name is empty, or no Unicode");
    assertThatThrownBy(() -> Reading.items(CSV, "\n1,2\n"))
        .hasMessage(Reading.FILE + " does not begin with a row that names the columns");
    assertThatThrownBy(() -> Reading.items(Formats.csv(typed(Map.of("price", Type.N))), "id\n1\n"))
        .hasMessage(Reading.FILE + " has no column price, which has a type, but id");
  }

  @Test
  void anEmptyFileHasNoRows() throws Exception {
    assertThat(Reading.items(CSV, "")).isEmpty();
    assertThat(Reading.items(CSV, "\ufeff")).isEmpty();
    assertThat(Reading.items(Formats.csv(typed(Map.of("price", Type.N))), "")).isEmpty();
  }

  @Test
  void aRowThatIsTooLongIsRejectedAndTheNextOneIsRead() throws Exception {
    String row = "x".repeat(Records.MAX_LENGTH) + ",2\n";

    List<Item> items = Reading.items(CSV, "a,b\n" + row + "1,2\n");

    assertThat(items.get(0).rejection().code()).isEqualTo("TOO_LARGE");
    assertThat(items.get(0).json()).hasSize(Records.MAX_KEPT);
    assertThat(items.get(1).origin().position()).isEqualTo(3);
    assertThat(items).hasSize(2);
  }
}
