package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.source.SourceSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LindormInspectionITCase {
  private static EmbeddedLindorm lindorm;

  @BeforeAll
  static void startLindorm() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute(
        "CREATE TABLE t(ts TIMESTAMP, id VARCHAR, n BIGINT, b VARBINARY, ok BOOLEAN,"
            + " PRIMARY KEY(ts, id))");
    lindorm.execute("CREATE TABLE named(id VARCHAR, ts TIMESTAMP, PRIMARY KEY(id))");
    lindorm.execute(
        "CREATE TABLE spans(id VARCHAR, begun TIMESTAMP, ended TIMESTAMP, PRIMARY KEY(id))");
    lindorm.execute("CREATE TABLE texts(id VARCHAR, at VARCHAR, PRIMARY KEY(id))");
    lindorm.execute("CREATE TABLE times(ts TIMESTAMP, tm TIME, PRIMARY KEY(ts))");
    lindorm.execute("CREATE TABLE odd(ts TIMESTAMP, u UUID, PRIMARY KEY(ts))");
  }

  @AfterAll
  static void stopLindorm() {
    lindorm.close();
  }

  private static LindormConfig config() {
    return LindormTables.config(lindorm.url());
  }

  private static ImportException refused(LindormConfig config) {
    ImportException e =
        catchThrowableOfType(ImportException.class, () -> new LindormSource(config).inspect());
    assertThat(e).isNotNull();
    assertThat(e.problem() + e.remedy()).doesNotContain("secret");
    return e;
  }

  private static void assertRefused(
      LindormConfig config, ErrorCode code, String problem, String remedy) {
    ImportException e = refused(config);
    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e.remedy()).isEqualTo(remedy);
    assertThat(e.code()).isEqualTo(code);
  }

  @Test
  void theSchemaHasTheAttributesTypesAndTheKey() {
    SourceSchema schema = new LindormSource(config()).inspect();

    assertThat(schema.attributes())
        .containsExactly(
            Map.entry("ts", "S"),
            Map.entry("id", "S"),
            Map.entry("n", "N"),
            Map.entry("b", "B"),
            Map.entry("ok", "BOOL"));
    assertThat(schema.keys()).containsExactly("ts", "id");
  }

  @Test
  void onlyTheColumnsOfTheFileAreInTheSchema() {
    SourceSchema schema =
        new LindormSource(LindormTables.withColumns(config(), "n", "id")).inspect();

    assertThat(schema.attributes()).containsExactly(Map.entry("n", "N"), Map.entry("id", "S"));
  }

  @Test
  void theOnlyTimestampColumnNeedNotBeNamed() {
    LindormSource source = new LindormSource(LindormTables.withTable(config(), "t", ""));

    assertThat(source.steps())
        .singleElement()
        .satisfies(step -> assertThat(step.inspect().keys()).containsExactly("ts", "id"));
  }

  @ParameterizedTest
  @CsvSource({
    "spans, several columns, 'Name one of them with timestamp-column: begun, ended.'",
    "texts, no column, 'Name the column that holds time, and say how by timestamp-encoding.'"
  })
  void oneOfSeveralTimestampColumnsHasToBeNamed(String table, String found, String remedy) {
    LindormSource source = new LindormSource(LindormTables.withTable(config(), table, ""));

    ImportException e = catchThrowableOfType(ImportException.class, source::steps);

    assertThat(e.problem())
        .isEqualTo(
            "timestamp-column is missing, and table %s has %s of type TIMESTAMP."
                .formatted(table, found));
    assertThat(e.remedy()).isEqualTo(remedy);
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
  }

  @Test
  void aWrongPasswordIsAMistakeInTheFile() {
    assertRefused(
        LindormTables.withLogin(config(), "root", "wrong"),
        ErrorCode.CONFIGURATION,
        "Lindorm at 127.0.0.1:" + lindorm.port() + " refuses the login",
        "Check username and password, and that the user may read database default.");
  }

  @Test
  void anUnknownTableIsAnsweredWithTheKnownOnes() {
    assertRefused(
        LindormTables.withTable(config(), "T1", "ts"),
        ErrorCode.CONFIGURATION,
        "table: database default has no table T1.",
        "Tables: named, odd, spans, t, texts, times. Correct table or database.");
  }

  @Test
  void anUnknownColumnIsAnsweredWithTheKnownOnes() {
    assertRefused(
        LindormTables.withColumns(config(), "n", "m"),
        ErrorCode.CONFIGURATION,
        "columns: table t has no column m.",
        "Its columns are: ts, id, n, b, ok.");
    assertRefused(
        LindormTables.withTable(config(), "t", "time"),
        ErrorCode.CONFIGURATION,
        "timestamp-column: table t has no column time.",
        "Its columns are: ts, id, n, b, ok.");
    assertRefused(
        LindormTables.withKeyColumns(config(), "ts", "x"),
        ErrorCode.CONFIGURATION,
        "key-columns: table t has no column x.",
        "Its columns are: ts, id, n, b, ok.");
  }

  @Test
  void keyColumnsMustHoldTheWholeKey() {
    assertRefused(
        LindormTables.withKeyColumns(config(), "ts"),
        ErrorCode.CONFIGURATION,
        "key-columns: leaves out id of the primary key of t, so rows that differ only in it would"
            + " be lost.",
        "Name all of its columns, in this order: ts, id.");
  }

  @Test
  void theTimestampColumnMustHoldTimeAsItsEncodingSays() {
    assertRefused(
        LindormTables.withTable(config(), "t", "n"),
        ErrorCode.CONFIGURATION,
        "timestamp-column: n is of type BIGINT, which does not hold time as timestamp-encoding says"
            + " (timestamp).",
        "Set timestamp-encoding: epoch-ms or epoch-s, whichever its numbers are.");
    assertRefused(
        LindormTables.withTable(config(), "t", "id"),
        ErrorCode.CONFIGURATION,
        "timestamp-column: id is of type VARCHAR, which does not hold time as timestamp-encoding"
            + " says (timestamp).",
        "Set timestamp-encoding: text, and timestamp-pattern to the form of its texts.");
    assertRefused(
        LindormTables.withTable(config(), "t", "ok"),
        ErrorCode.CONFIGURATION,
        "timestamp-column: ok is of type BOOLEAN, which does not hold time as timestamp-encoding"
            + " says (timestamp).",
        "Name a column of type TIMESTAMP, BIGINT, INTEGER or VARCHAR. Of type TIMESTAMP are: ts.");
    assertRefused(
        LindormTables.withEncoding(
            config(), new TimestampEncoding(TimestampEncoding.Kind.EPOCH_S, null, ZoneOffset.UTC)),
        ErrorCode.CONFIGURATION,
        "timestamp-column: ts is of type TIMESTAMP, which does not hold time as timestamp-encoding"
            + " says (epoch-s).",
        "Leave timestamp-encoding out.");
  }

  @Test
  void datesAndDocumentsAreInTheSchemaAsTheyWillBe() {
    TypesConfig types =
        new TypesConfig(
            TypesConfig.JsonForm.TEXT,
            List.of("id"),
            TypesConfig.NullForm.NULL,
            Map.of("ts", DateForm.EPOCH_MS));

    assertThat(new LindormSource(LindormTables.with(config(), types)).inspect().attributes())
        .containsEntry("ts", "N")
        .containsEntry("id", "M")
        .containsEntry("n", "N");
  }

  @Test
  void whatIsSaidOfAColumnMustSuitIt() {
    assertRefused(
        LindormTables.with(config(), types(List.of("n"), Map.of())),
        ErrorCode.CONFIGURATION,
        "json-columns: n is of type BIGINT, which holds no JSON.",
        "Name columns of type JSON or text.");
    assertRefused(
        LindormTables.with(config(), types(List.of(), Map.of("n", DateForm.EPOCH_S))),
        ErrorCode.CONFIGURATION,
        "dates: n is of type BIGINT.",
        "Name columns of the types DATE, TIME and TIMESTAMP only; others are carried over as they"
            + " are.");
    assertRefused(
        LindormTables.withColumns(
            LindormTables.with(config(), types(List.of(), Map.of("ts", DateForm.EPOCH_S))), "n"),
        ErrorCode.CONFIGURATION,
        "dates: no column ts is read.",
        "Name one of these: n.");
    assertRefused(
        LindormTables.withTable(
            LindormTables.with(config(), types(List.of(), Map.of("tm", DateForm.EPOCH_S))),
            "times",
            "ts"),
        ErrorCode.CONFIGURATION,
        "dates: tm is a TIME, a time of day without a day, so it has no epoch-s.",
        "Leave it out of dates; it becomes text such as 10:20:30.");
  }

  private static TypesConfig types(List<String> jsonColumns, Map<String, DateForm> dates) {
    return new TypesConfig(
        TypesConfig.JsonForm.TEXT, jsonColumns, TypesConfig.NullForm.LEAVE_OUT, dates);
  }

  @Test
  void aKeyThatCannotBeCutIsExplained() {
    ImportException e = refused(LindormTables.withTable(config(), "named", "ts"));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem())
        .startsWith(
            "Table named cannot be cut into parts by its primary key: the first key column id"
                + " (TEXT) is neither the timestamp column ts nor an integer or DECIMAL");
  }

  @Test
  void aTypeThatCannotBeReadIsNamed() {
    assertRefused(
        LindormTables.withTable(config(), "odd", "ts"),
        ErrorCode.CONFIGURATION,
        "columns: column u of table odd is of type UUID, which cannot be read.",
        "List the columns to read with columns, and leave this one out.");
    assertThat(
            new LindormSource(
                    LindormTables.withColumns(LindormTables.withTable(config(), "odd", "ts"), "ts"))
                .inspect()
                .attributes())
        .containsExactly(Map.entry("ts", "S"));
  }

  @Test
  void aClosedPortIsTheSourcesFailure() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ImportException e =
        refused(LindormTables.config("jdbc:lindorm:table:url=http://127.0.0.1:" + port));

    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
    assertThat(e.problem())
        .isEqualTo(
            "Lindorm at 127.0.0.1:" + port + " cannot be reached: the connection is refused");
  }

  @Test
  void anUnknownHostIsTheSourcesFailure() {
    ImportException e =
        refused(LindormTables.config("jdbc:lindorm:table:url=http://nowhere.invalid:30060"));

    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
    assertThat(e.problem())
        .isEqualTo("Lindorm at nowhere.invalid:30060 cannot be reached: the host is not known");
  }

  @Test
  void aServerOfAnotherKindIsToldApart() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread hangUp =
          new Thread(
              () -> {
                try {
                  while (true) {
                    socket.accept().close();
                  }
                } catch (IOException e) {
                  // The test is over.
                }
              });
      hangUp.start();
      ImportException e =
          refused(
              LindormTables.config(
                  "jdbc:lindorm:table:url=http://127.0.0.1:" + socket.getLocalPort()));

      assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
      assertThat(e.problem()).endsWith("it does not speak the protocol of Lindorm's driver");
    }
  }

  /** Its rows are not stored in the order of its key, so no page has a next one. */
  @ParameterizedTest
  @ValueSource(strings = {"allow-filtering: true", "boundaries: [m]"})
  void aHashedTableIsRefusedBeforeAnythingIsReadUnlessItsValuesAreGiven(String lines) {
    lindorm.execute("CREATE TABLE hashed(p VARCHAR, ts TIMESTAMP, PRIMARY KEY(hash32(p), p, ts))");
    try {
      LindormConfig config =
          LindormTables.withTable(LindormTables.config(lindorm.url()), "hashed", "ts");
      ImportException e =
          catchThrowableOfType(
              ImportException.class,
              () -> new LindormSource(LindormTables.withSplits(config, lines)).inspect());
      assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
      assertThat(e.problem()).startsWith("table hashed: the server refuses SELECT ");
      assertThat(e.remedy())
          .startsWith("A table whose key begins with a hash")
          .contains("key-values: […]");
      assertThat(
              new LindormSource(LindormTables.withSplits(config, "key-values: [a, b]"))
                  .inspect()
                  .keys())
          .containsExactly("p", "ts");
    } finally {
      lindorm.execute("DROP TABLE hashed");
    }
  }

  @Test
  void aServerThatDoesNotTellTheEndsOfAKeyIsAnsweredWithBoundaries() throws Exception {
    KeyColumn refused = new KeyColumn("nope", ColumnType.BIGINT, false);
    try (LindormConnection connection = LindormConnection.open(config())) {
      JdbcKeyEnds ends = new JdbcKeyEnds(config(), connection);

      assertThatThrownBy(() -> ends.find(refused))
          .isInstanceOfSatisfying(
              ImportException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
                assertThat(e.problem())
                    .startsWith(
                        "Lindorm at 127.0.0.1:"
                            + lindorm.port()
                            + " refuses to tell the least or the greatest value of nope: ");
                assertThat(e.remedy()).startsWith("Say where to cut the table: boundaries: […]");
              });
    }
  }
}
