package io.dynaload.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real driver against the embedded server. The JVM's time zone is not UTC. */
class EmbeddedLindormITCase {
  private EmbeddedLindorm lindorm;

  @BeforeAll
  static void loadDriver() throws ClassNotFoundException {
    Class.forName("com.aliyun.lindorm.table.client.Driver");
  }

  @BeforeEach
  void start() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute("CREATE TABLE Numbers(id BIGINT, word VARCHAR, PRIMARY KEY(id))");
    lindorm.execute("INSERT INTO numbers SELECT X, 'w' || X FROM SYSTEM_RANGE(1, 5000)");
  }

  @AfterEach
  void close() {
    lindorm.close();
  }

  @Test
  void everyColumnTypeReadsAsItsJavaType() throws Exception {
    lindorm.execute(
        "CREATE TABLE types(b BOOLEAN, t TINYINT, s SMALLINT, i INTEGER, l BIGINT, f REAL,"
            + " d DOUBLE, n DECIMAL(38,10), c CHAR(3), v VARCHAR, x VARBINARY, da DATE, ti TIME,"
            + " ts TIMESTAMP, nul VARCHAR, PRIMARY KEY(i))");
    lindorm.execute(
        "INSERT INTO types VALUES (TRUE, -128, -32768, 2147483647, -9223372036854775808, 1.1, 2.2,"
            + " 1234567890123456789012345678.0123456789, 'abc', 'größe', X'00FF',"
            + " DATE '2024-02-29', TIME '23:59:59', TIMESTAMP '2023-01-01 00:00:00.123', NULL)");
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM types WHERE i > 0")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getObject("b")).isEqualTo(true);
      assertThat(row.getObject("t")).isEqualTo((byte) -128);
      assertThat(row.getObject("s")).isEqualTo((short) -32768);
      assertThat(row.getObject("i")).isEqualTo(2147483647);
      assertThat(row.getObject("l")).isEqualTo(Long.MIN_VALUE);
      assertThat(row.getObject("f")).isEqualTo(1.1f);
      assertThat(row.getObject("d")).isEqualTo(2.2);
      assertThat(row.getObject("n"))
          .isEqualTo(new BigDecimal("1234567890123456789012345678.0123456789"));
      assertThat(row.getObject("c")).isEqualTo("abc");
      assertThat(row.getObject("v")).isEqualTo("größe");
      assertThat((byte[]) row.getObject("x")).containsExactly(0, -1);
      assertThat(row.getString("da")).isEqualTo("2024-02-29");
      assertThat(row.getString("ti")).isEqualTo("23:59:59");
      assertThat(row.getTimestamp("ts", utc()).toInstant()).isEqualTo("2023-01-01T00:00:00.123Z");
      assertThat(row.getLong("ts"))
          .isEqualTo(Instant.parse("2023-01-01T00:00:00.123Z").toEpochMilli());
      assertThat(row.getObject("nul")).isNull();
      assertThat(row.next()).isFalse();
    }
  }

  @Test
  void timestampsBindAndReadInUtcInEveryFrame() throws Exception {
    lindorm.execute("CREATE TABLE events(ts TIMESTAMP, PRIMARY KEY(ts))");
    lindorm.execute(
        "INSERT INTO events SELECT DATEADD('HOUR', X, TIMESTAMP '2023-01-01 00:00:00.5')"
            + " FROM SYSTEM_RANGE(0, 999)");
    Instant from = Instant.parse("2023-01-01T00:00:00.500Z");
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT ts FROM events WHERE ts >= ? AND ts < ?")) {
      statement.setTimestamp(1, Timestamp.from(from), utc());
      statement.setTimestamp(2, Timestamp.from(Instant.parse("2023-01-21T20:00:00.500Z")), utc());
      List<Instant> read = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read.add(rows.getTimestamp(1, utc()).toInstant());
        }
      }
      assertThat(read).hasSize(500).first().isEqualTo(from);
      assertThat(read).last().isEqualTo(Instant.parse("2023-01-21T19:00:00.500Z"));
    }
    assertThat(lindorm.statements())
        .containsExactly(
            new ReceivedStatement(
                "SELECT ts FROM events WHERE ts >= ? AND ts < ?",
                List.of(
                    LocalDateTime.parse("2023-01-01T00:00:00.5"),
                    LocalDateTime.parse("2023-01-21T20:00:00.5")),
                500));
  }

  @Test
  void aFrameHoldsAtMostTwoThousandRows() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(10_000);
      long read = 0;
      long mostAhead = 0;
      try (ResultSet rows =
          statement.executeQuery("SELECT * FROM numbers WHERE id > 0 ORDER BY id LIMIT 10000")) {
        while (rows.next()) {
          read++;
          mostAhead = Math.max(mostAhead, lindorm.rowsSent() - read);
        }
      }
      assertThat(read).isEqualTo(5_000);
      assertThat(mostAhead).isEqualTo(2_000);
      assertThat(lindorm.rowsSent()).isEqualTo(5_000);
    }
  }

  @Test
  void onlyRowsThatTheStatementAsksForLeaveTheServer() throws Exception {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT word FROM numbers WHERE id >= ? AND id < ?")) {
      for (long from : new long[] {100, 4_990}) {
        statement.setLong(1, from);
        statement.setLong(2, from + 20);
        try (ResultSet rows = statement.executeQuery()) {
          count(rows);
        }
      }
    }
    assertThat(lindorm.rowsSent()).isEqualTo(31);
    assertThat(lindorm.statements())
        .extracting(ReceivedStatement::parameters, ReceivedStatement::rowsSent)
        .containsExactly(tuple(List.of(100L, 120L), 20L), tuple(List.of(4_990L, 5_010L), 11L));
  }

  @Test
  void aWrongPasswordIsRefused() {
    Properties login = login();
    login.put("password", "guess");
    assertThatThrownBy(() -> DriverManager.getConnection(lindorm.url(), login))
        .hasMessageContaining("Access denied")
        .hasMessageNotContaining("guess");
  }

  @Test
  void anUnknownTableIsRefused() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM nope"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("\"nope\" not found");
      assertThatThrownBy(() -> statement.executeQuery("DESCRIBE nope"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Table 'nope' does not exist");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM numbers | Detect inefficient query: no condition on the first primary key
          SELECT * FROM numbers WHERE word = 'w1' | This query may be a full table scan
          SELECT * FROM numbers WHERE id > 1 AND word > 'w' | needs both a lower and an upper bound
          SELECT * FROM numbers WHERE id > 1 ORDER BY id | ORDER BY requires LIMIT
          SELECT * FROM numbers WHERE id > 1 ORDER BY word LIMIT 1 | must follow the primary key
          SELECT * FROM numbers WHERE id > 1 LIMIT 10001 | LIMIT must not exceed 10000
          SELECT * FROM numbers WHERE id > 1 LIMIT 1 OFFSET 10001 | OFFSET must not exceed 10000
          """)
  void whatLindormRefusesIsRefused(String sql, String message) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery(sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(message)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42000");
      // The driver keeps what the server said of a statement it prepares out of the message.
      assertThatThrownBy(() -> connection.prepareStatement(sql))
          .isInstanceOf(SQLException.class)
          .satisfies(e -> assertThat(printed(e)).contains(message));
    }
    assertThat(lindorm.statements()).isEmpty();
  }

  @Test
  void aLimitParameterIsCheckedWhenTheStatementRuns() throws Exception {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM numbers WHERE id > 0 LIMIT ?")) {
      statement.setInt(1, 10_000);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(count(rows)).isEqualTo(5_000);
      }
      statement.setInt(1, 10_001);
      assertThatThrownBy(statement::executeQuery)
          .isInstanceOf(SQLException.class)
          .satisfies(e -> assertThat(printed(e)).contains("LIMIT must not exceed 10000"));
    }
  }

  @Test
  void whatLindormAllowsIsAllowed() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "SELECT /*+ _l_allow_filtering_ */ * FROM numbers"))
          .isEqualTo(5_000);
      assertThat(count(statement, "SELECT * FROM numbers WHERE id > 1 ORDER BY id DESC LIMIT 7"))
          .isEqualTo(7);
      assertThat(count(statement, "SELECT COUNT(*), MIN(id), MAX(id) FROM numbers WHERE id > 1"))
          .isEqualTo(1);
      statement.executeUpdate("DELETE FROM numbers WHERE id > 10");
      assertThat(count(statement, "SELECT `word` FROM NUMBERS WHERE \"id\" > 0")).isEqualTo(10);
    }
  }

  @Test
  void describeGivesTheKeyInItsOrder() throws Exception {
    lindorm.execute(
        "CREATE TABLE Readings(ok BOOLEAN, part VARCHAR, at TIMESTAMP, v DECIMAL(5,2),"
            + " PRIMARY KEY(at, part))");
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE readings")) {
      List<String> described = new ArrayList<>();
      while (rows.next()) {
        described.add(
            String.join(
                " ",
                rows.getString("TABLE_SCHEMA"),
                rows.getString("TABLE_NAME"),
                rows.getString("COLUMN_NAME"),
                rows.getString("TYPE"),
                rows.getString("IS_PRIMARY_KEY"),
                rows.getString("SORT_ORDER")));
      }
      assertThat(described)
          .containsExactly(
              "default Readings at TIMESTAMP true ASC",
              "default Readings part VARCHAR true ASC",
              "default Readings ok BOOLEAN false none",
              "default Readings v DECIMAL(5,2) false none");
    }
  }

  @Test
  void metadataListsColumnsButTheDriverNeverAsksForTheKey() throws Exception {
    try (Connection connection = connect()) {
      try (ResultSet columns = connection.getMetaData().getColumns(null, null, "Numbers", null)) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
        assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.BIGINT);
        assertThat(columns.getString("TABLE_SCHEM")).isEqualTo("default");
        assertThat(count(columns)).isEqualTo(1);
      }
      try (ResultSet tables = connection.getMetaData().getTables(null, "default", null, null)) {
        assertThat(count(tables)).isEqualTo(1);
      }
      try (ResultSet keys = connection.getMetaData().getPrimaryKeys(null, null, "Numbers")) {
        assertThat(keys.next()).isFalse();
      }
    }
  }

  @Test
  void aRestartKeepsPortAndDataAndForgetsConnections() throws Exception {
    String url = lindorm.url();
    Connection before = connect();
    ResultSet rows = before.createStatement().executeQuery("SELECT * FROM numbers WHERE id > 0");
    assertThat(rows.next()).isTrue();

    lindorm.stop();
    Properties once = login();
    once.put("failover", "false");
    assertThatThrownBy(() -> DriverManager.getConnection(url, once))
        .hasMessageContaining("Connection refused");
    lindorm.restart();

    assertThat(lindorm.url()).isEqualTo(url);
    assertThatThrownBy(() -> count(rows)).isInstanceOf(RuntimeException.class);
    try (Connection after = connect();
        Statement statement = after.createStatement()) {
      assertThat(count(statement, "SELECT * FROM numbers WHERE id > 0")).isEqualTo(5_000);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> EmbeddedLindorm.start(lindorm.port(), "root", "secret"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot listen on port " + lindorm.port() + " of 127.0.0.1");
  }

  @Test
  void connectionsWorkInParallel() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Long>> reads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String sql = "SELECT * FROM numbers WHERE id > " + i * 500;
        reads.add(
            () -> {
              try (Connection connection = connect();
                  Statement statement = connection.createStatement()) {
                return count(statement, sql);
              }
            });
      }
      List<Long> counts = new ArrayList<>();
      for (Future<Long> read : threads.invokeAll(reads)) {
        counts.add(read.get());
      }
      assertThat(counts).containsExactly(5000L, 4500L, 4000L, 3500L, 3000L, 2500L, 2000L, 1500L);
      assertThat(lindorm.rowsSent()).isEqualTo(26_000);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theReadingsInTheTableAreTheExpectedOnes() throws Exception {
    SensorReadings readings = new SensorReadings(10_000, 7);
    readings.loadInto(lindorm);
    Instant from = Instant.parse("2023-01-10T00:00:00Z");
    Instant to = Instant.parse("2023-02-01T00:00:00Z");
    List<Reading> read = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT * FROM readings WHERE event_time >= ? AND event_time < ?"
                    + " ORDER BY event_time, sensor_id LIMIT 10000")) {
      statement.setTimestamp(1, Timestamp.from(from), utc());
      statement.setTimestamp(2, Timestamp.from(to), utc());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          read.add(
              new Reading(
                  row.getTimestamp("event_time", utc()).toInstant(),
                  row.getString("sensor_id"),
                  row.getDouble("temperature"),
                  row.getBigDecimal("humidity"),
                  row.getInt("battery"),
                  row.getBoolean("ok"),
                  row.getString("note")));
        }
      }
    }
    assertThat(read).containsExactlyElementsOf(readings.between(from, to).toList());
    assertThat(lindorm.rowsSent()).isEqualTo(readings.count(from, to)).isGreaterThan(3_000);
  }

  @Test
  void aStatementOnTheServersSideFailsWithTheDatabasesMessage() {
    assertThatThrownBy(() -> lindorm.execute("CREATE TABLE"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Syntax error");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(lindorm.url(), login());
  }

  /** A new one each time: the driver adds to what it is given. */
  private static Properties login() {
    Properties login = new Properties();
    login.put("user", "root");
    login.put("password", "secret");
    return login;
  }

  private static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone("UTC"));
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return count(rows);
    }
  }

  private static long count(ResultSet rows) throws SQLException {
    long count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  private static String printed(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
