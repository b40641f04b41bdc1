package io.dynaload.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Descending and hashed keys, and the timeout, by the real driver. */
class LindormLayoutsITCase {
  private EmbeddedLindorm lindorm;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    Class.forName("com.aliyun.lindorm.table.client.Driver");
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute("CREATE TABLE Events(v INT, a INT, b BIGINT, PRIMARY KEY(a, b DESC))");
    lindorm.execute("INSERT INTO events SELECT X, X / 100, X FROM SYSTEM_RANGE(0, 999)");
    Properties login = new Properties();
    login.put("user", "root");
    login.put("password", "secret");
    connection = DriverManager.getConnection(lindorm.url(), login);
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    lindorm.close();
  }

  @Test
  void describeTellsTheDirectionOfEachColumn() throws Exception {
    assertThat(describe("events")).containsExactly("a true ASC", "b true DESC", "v false none");
  }

  @Test
  void aDescendingColumnReadsFromItsGreatestValue() throws Exception {
    assertThat(read("SELECT b FROM events WHERE a > 2 ORDER BY a, b DESC LIMIT 3"))
        .containsExactly(399L, 398L, 397L);
    assertThat(read("SELECT b FROM events WHERE a > 2 ORDER BY a DESC, b LIMIT 2"))
        .containsExactly(900L, 901L);
    assertThatThrownBy(() -> read("SELECT b FROM events WHERE a > 2 ORDER BY a, b LIMIT 3"))
        .hasMessageContaining("in the direction of the primary key [a, b DESC]");
  }

  @Test
  void aTableThatIsMadeAnewHasItsNewKey() throws Exception {
    lindorm.execute("DROP TABLE events");
    lindorm.execute("CREATE TABLE events(a INT, b BIGINT, PRIMARY KEY(a DESC, b))");
    assertThat(describe("events")).containsExactly("a true DESC", "b true ASC");
  }

  @Test
  void aHashedKeyIsReadByItsValuesOnly() throws Exception {
    lindorm.execute("CREATE TABLE h(p VARCHAR, q BIGINT, PRIMARY KEY(hash32(p), p, q))");
    lindorm.execute("INSERT INTO h VALUES ('x', 1), ('x', 2), ('y', 3)");
    assertThat(describe("h")).containsExactly("p true ASC", "q true ASC");
    assertThat(read("SELECT q FROM h WHERE p = 'x' AND q > 0 ORDER BY q LIMIT 5"))
        .containsExactly(1L, 2L);
    assertThatThrownBy(() -> read("SELECT q FROM h WHERE p > 'a' AND p < 'z'"))
        .hasMessageContaining("Detect inefficient query: the hashed key columns [p]");
  }

  @Test
  void anIndexIsReadInItsOwnOrderIfTheHintForcesIt() throws Exception {
    lindorm.execute("CREATE INDEX by_v ON events(v DESC)");
    String byV = "b FROM events WHERE v >= 500 AND v < 900 ORDER BY v DESC, a, b DESC LIMIT 2";
    assertThat(read("SELECT /*+ _l_force_index_('by_v') */ " + byV)).containsExactly(899L, 898L);
    assertThatThrownBy(() -> read("SELECT " + byV))
        .hasMessageContaining("Detect inefficient query: no condition on the first primary key");
    assertThatThrownBy(() -> read("SELECT /*+ _l_force_index_('by_w') */ " + byV))
        .hasMessageContaining("Index 'by_w' of table 'events' does not exist");

    lindorm.failStatementsLongerThan(10);
    assertThat(read("SELECT /*+ _l_force_index_('by_v') */ " + byV)).hasSize(2);
  }

  @Test
  void aStatementThatLooksAtMoreRowsThanItsTimeAllowsFails() throws Exception {
    lindorm.failStatementsLongerThan(100);
    String hinted = "SELECT /*+ _l_operation_timeout_(500) */ b FROM events WHERE a ";
    assertThat(read(hinted + "> 2 ORDER BY a, b DESC LIMIT 100")).hasSize(100);
    assertThatThrownBy(() -> read(hinted + "> 2 ORDER BY a, b DESC LIMIT 101"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Operation timeout");
    // A range that ends earlier is read whole.
    assertThat(read(hinted + "= 9 AND b > 900 ORDER BY b DESC LIMIT 2000")).hasSize(99);
    assertThat(read(hinted + ">= 9 AND a < 10")).hasSize(100);
    assertThat(lindorm.timeouts()).isEqualTo(1);
    assertThat(lindorm.statements()).hasSize(3);

    lindorm.failStatementsLongerThan(Long.MAX_VALUE);
    assertThat(read(hinted + "> 2 ORDER BY a, b DESC LIMIT 2000")).hasSize(700);
  }

  @Test
  void rowsThatAFilterDropsCountToo() throws Exception {
    lindorm.failStatementsLongerThan(150);
    String filtered = "SELECT b FROM events WHERE a >= ? AND a < ? AND v >= ? AND v < ?";
    assertThat(read(filtered + " ORDER BY a, b DESC LIMIT 1", 2, 3, 200, 201)).hasSize(1);
    assertThatThrownBy(() -> read(filtered + " ORDER BY a, b DESC LIMIT 1", 2, 4, 301, 302))
        .satisfies(e -> assertThat(printed(e)).contains("Operation timeout"));
    assertThatThrownBy(() -> read(filtered, 2, 4, 200, 201))
        .satisfies(e -> assertThat(printed(e)).contains("Operation timeout"));
    assertThat(lindorm.timeouts()).isEqualTo(2);
  }

  private List<String> describe(String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + table)) {
      while (rows.next()) {
        columns.add(
            rows.getString("COLUMN_NAME")
                + " "
                + rows.getString("IS_PRIMARY_KEY")
                + " "
                + rows.getString("SORT_ORDER"));
      }
    }
    return columns;
  }

  private List<Long> read(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return read(rows);
    }
  }

  private List<Long> read(String sql, int... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setInt(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows);
      }
    }
  }

  private static List<Long> read(ResultSet rows) throws SQLException {
    List<Long> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getLong(1));
    }
    return values;
  }

  private static String printed(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
