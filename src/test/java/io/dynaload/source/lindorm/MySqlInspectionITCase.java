package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.MariaDb;
import io.dynaload.local.NeedsMariaDb;
import io.dynaload.source.SourceSchema;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsMariaDb
@Timeout(60)
class MySqlInspectionITCase {
  private static MariaDb server;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDb.start();
    server.execute(
        "CREATE TABLE t(v DOUBLE, id VARCHAR(20), b BIT(8), ts DATETIME(3), PRIMARY KEY(ts, id))");
    server.execute("CREATE TABLE odd(ts DATETIME, PRIMARY KEY(ts))");
    server.execute("CREATE TABLE bare(ts TIMESTAMP NULL, g GEOMETRY)");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static LindormConfig config() {
    return MySqlTables.config(server.url());
  }

  private static void assertRefused(
      LindormConfig config, ErrorCode code, String problem, String remedy) {
    ImportException e =
        catchThrowableOfType(ImportException.class, () -> new LindormSource(config).inspect());
    assertThat(e).isNotNull();
    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e.remedy()).isEqualTo(remedy);
    assertThat(e.code()).isEqualTo(code);
  }

  private static String address() {
    return "127.0.0.1:" + server.port();
  }

  @Test
  void theSchemaHasTheKeyInItsOwnOrder() {
    SourceSchema schema = new LindormSource(config()).inspect();

    assertThat(schema.keys()).containsExactly("ts", "id");
    assertThat(schema.attributes())
        .containsExactly(
            Map.entry("ts", "S"), Map.entry("id", "S"), Map.entry("v", "N"), Map.entry("b", "B"));
  }

  @Test
  void aWrongPasswordIsAMistakeInTheFile() {
    assertRefused(
        LindormTables.withLogin(config(), MariaDb.USER, "wrong"),
        ErrorCode.CONFIGURATION,
        "The server at " + address() + " refuses the login",
        "Check username and password, and that the user may read database things.");
  }

  @Test
  void anUnknownDatabaseIsNamed() {
    assertRefused(
        MySqlTables.config("jdbc:mysql://" + address() + "/nowhere"),
        ErrorCode.CONFIGURATION,
        "The server at " + address() + " has no database nowhere that this user may read",
        "Correct the database, in the url or under database, or the user's rights.");
  }

  @Test
  void anUnknownTableIsAnsweredWithTheKnownOnes() {
    assertRefused(
        LindormTables.withTable(config(), "nope", "ts"),
        ErrorCode.CONFIGURATION,
        "table: database things has no table nope.",
        "Tables: bare, odd, t. Correct table or database.");
  }

  @Test
  void anUnknownColumnIsAnsweredWithTheKnownOnes() {
    assertRefused(
        LindormTables.withColumns(config(), "x"),
        ErrorCode.CONFIGURATION,
        "columns: table t has no column x.",
        "Its columns are: ts, id, v, b.");
  }

  @Test
  void aTableWithoutAKeyNeedsKeyColumns() {
    assertRefused(
        LindormTables.withColumns(LindormTables.withTable(config(), "bare", "ts"), "ts"),
        ErrorCode.CONFIGURATION,
        "table: the server does not tell the primary key of bare.",
        "Name its columns in order with key-columns.");
  }

  @Test
  void aTypeThatCannotBeReadIsNamed() {
    assertRefused(
        LindormTables.withKeyColumns(LindormTables.withTable(config(), "bare", "ts"), "ts"),
        ErrorCode.CONFIGURATION,
        "columns: column g of table bare is of type geometry, which cannot be read.",
        "List the columns to read with columns, and leave this one out.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enum('low','mid','high')", "set('x','y')", "bit(12)"})
  void aKeyColumnThatIsNotSortedAsItIsComparedIsRefused(String type) throws Exception {
    server.execute(
        "CREATE OR REPLACE TABLE odd(v INT, ts DATETIME, e " + type + ", PRIMARY KEY(ts, e))");

    assertRefused(
        LindormTables.withColumns(LindormTables.withTable(config(), "odd", "ts"), "v"),
        ErrorCode.CONFIGURATION,
        "table: the key column e of odd is of type "
            + type
            + ", which the server sorts otherwise than it compares it, so rows would be lost or"
            + " read twice.",
        "Read the rows with query, in one part.");
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertRefused(
        MySqlTables.config("jdbc:mysql://127.0.0.1:" + port + "/plant"),
        ErrorCode.SOURCE,
        "The server at 127.0.0.1:" + port + " cannot be reached: the connection is refused",
        "Check the url, that the instance is running, and that its whitelist and the network let"
            + " this machine in.");
  }

  @Test
  void tlsThatTheServerDoesNotOfferIsSaid() {
    ImportException e =
        catchThrowableOfType(
            ImportException.class,
            () ->
                new LindormSource(MySqlTables.config(server.url() + "?sslMode=REQUIRED"))
                    .inspect());
    assertThat(e).isNotNull();
    assertThat(e.problem())
        .startsWith("The server at " + address() + " cannot be reached: ")
        .containsIgnoringCase("SSL");
  }
}
