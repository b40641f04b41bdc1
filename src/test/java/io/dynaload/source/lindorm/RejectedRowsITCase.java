package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.lindorm.TypesConfig.JsonForm;
import io.dynaload.source.lindorm.TypesConfig.NullForm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that DynamoDB cannot hold are read on past, and kept whole. */
class RejectedRowsITCase {
  private static EmbeddedLindorm lindorm;

  @BeforeAll
  static void startLindorm() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
  }

  @AfterAll
  static void stopLindorm() {
    lindorm.close();
  }

  /** Reads a table of three rows, of which the middle one holds the value. */
  private static List<Item> read(String type, String value) throws Exception {
    lindorm.execute("DROP TABLE IF EXISTS t");
    lindorm.execute("CREATE TABLE t(ts TIMESTAMP, a INTEGER, v " + type + ", PRIMARY KEY(ts))");
    lindorm.execute("INSERT INTO t VALUES ('2023-01-01 00:00:00', 1, NULL)");
    lindorm.execute("INSERT INTO t VALUES ('2023-01-02 00:00:00', 2, " + value + ")");
    lindorm.execute("INSERT INTO t VALUES ('2023-01-03 00:00:00', 3, NULL)");
    LindormConfig config =
        LindormTables.with(
            LindormTables.withPages(LindormTables.config(lindorm.url()), 1, 2),
            new TypesConfig(
                JsonForm.TEXT,
                type.startsWith("VARCHAR") ? List.of("v") : List.of(),
                NullForm.LEAVE_OUT,
                Map.of()));
    LindormSource source = new LindormSource(config);
    SourceSchema schema = source.inspect();
    return Reads.all(source.connector(schema));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DOUBLE         | 'NaN'                | UNSUPPORTED_VALUE | {\"N\":\"NaN\"}",
        "DOUBLE         | 'Infinity'           | UNSUPPORTED_VALUE | {\"N\":\"Infinity\"}",
        "DOUBLE         | 1e200                | NUMBER            | {\"N\":\"1.0E200\"}",
        "DECIMAL(60, 1) | 1234567890123456789012345678901234567890.5 | NUMBER"
            + " | {\"N\":\"1234567890123456789012345678901234567890.5\"}",
        "VARCHAR        | '{\"a\":1,\"a\":2}' | MALFORMED"
            + " | {\"JSON\":\"{\\\"a\\\":1,\\\"a\\\":2}\"}",
        "VARCHAR        | '[1e200]'            | NUMBER            | {\"JSON\":\"[1e200]\"}",
      })
  void aValueThatDynamoDbCannotHoldRejectsItsRow(
      String type, String value, String code, String kept) throws Exception {
    List<Item> items = read(type, value);

    assertThat(items)
        .extracting(Item::kind)
        .containsExactly(Item.Kind.PUT, Item.Kind.REJECTED, Item.Kind.PUT);
    Item rejected = items.get(1);
    assertThat(rejected.jsonText())
        .isEqualTo(
            "{\"ts\":{\"S\":\"2023-01-02T00:00:00.000Z\"},\"a\":{\"N\":\"2\"},\"v\":" + kept + "}");
    assertThat(rejected.origin()).hasToString("t/split-0@1");
    Rejection rejection = rejected.rejection();
    assertThat(rejection.stage()).isEqualTo(Stage.SOURCE);
    assertThat(rejection.form()).isEqualTo(Form.ITEM);
    assertThat(rejection.code()).isEqualTo(code);
    assertThat(rejection.reason()).startsWith("attribute v: ").doesNotContain("2023", "1e200");
  }

  @ParameterizedTest
  @CsvSource({"'[', ']', 33, TOO_DEEP", "'', '', 1, MALFORMED"})
  void aDocumentThatIsNoneIsKeptAsItsText(String open, String close, int times, String code)
      throws Exception {
    String document = open.repeat(times) + close.repeat(times);
    Item rejected = read("VARCHAR", "'" + document + "'").get(1);
    assertThat(rejected.rejection().code()).isEqualTo(code);
    assertThat(rejected.jsonText()).endsWith("\"v\":{\"JSON\":\"" + document + "\"}}");
  }

  @Test
  void aRowThatIsTooLargeIsKeptWhole() throws Exception {
    Item rejected = read("VARBINARY(500000)", "X'" + "00".repeat(410_000) + "'").get(1);
    assertThat(rejected.rejection().code()).isEqualTo("TOO_LARGE");
    assertThat(rejected.json()).hasSizeGreaterThan(410_000);
  }
}
