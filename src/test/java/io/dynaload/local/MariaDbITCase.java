package io.dynaload.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@NeedsMariaDb
class MariaDbITCase {
  @Test
  void aQueryIsAnsweredThroughTheDriver() throws Exception {
    try (MariaDb server = MariaDb.start("--default-time-zone=+08:00")) {
      server.execute("CREATE TABLE t(id BIGINT, word VARCHAR(20), PRIMARY KEY(id))");
      server.execute("INSERT INTO t VALUES (1, 'eins'), (2, 'größe'), (3, 'drei')");
      try (Connection connection = connect(server, MariaDb.PASSWORD, "");
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT word, @@time_zone FROM t WHERE id > ? ORDER BY id LIMIT 1")) {
        statement.setLong(1, 1);
        try (ResultSet row = statement.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getString(1)).isEqualTo("größe");
          assertThat(row.getString(2)).isEqualTo("+08:00");
          assertThat(row.next()).isFalse();
        }
      }
    }
  }

  @Test
  void aStatementPreparedOnTheServerIsAnsweredToo() throws Exception {
    try (MariaDb server = MariaDb.start()) {
      server.execute("CREATE TABLE t(id BIGINT, PRIMARY KEY(id))");
      server.execute("INSERT INTO t SELECT seq FROM seq_1_to_100");
      String options =
          "&useServerPrepStmts=true&useLocalSessionState=true&rewriteBatchedStatements=true"
              + "&cachePrepStmts=true&prepStmtCacheSize=100&allowPublicKeyRetrieval=true";
      try (Connection connection = connect(server, MariaDb.PASSWORD, options);
          PreparedStatement statement =
              connection.prepareStatement("SELECT COUNT(*) FROM t WHERE id >= ?")) {
        statement.setLong(1, 91);
        try (ResultSet row = statement.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getLong(1)).isEqualTo(10);
        }
      }
    }
  }

  @Test
  void whatWasCommittedJustBeforeARestartIsThereAfterIt() throws Exception {
    try (MariaDb server = MariaDb.start()) {
      server.execute("CREATE TABLE t(id BIGINT, PRIMARY KEY(id))");
      server.execute("INSERT INTO t SELECT seq FROM seq_1_to_100");

      server.restart();

      try (Connection connection = connect(server, MariaDb.PASSWORD, "");
          PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*) FROM t");
          ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong(1)).isEqualTo(100);
      }
    }
  }

  @Test
  void twoServersStandSideBySideAndNothingIsLeftOfThem() throws Exception {
    String url;
    try (MariaDb one = MariaDb.start();
        MariaDb other = MariaDb.start()) {
      url = one.url();
      one.execute("CREATE TABLE t(id BIGINT, PRIMARY KEY(id))");
      assertThatThrownBy(() -> other.execute("SELECT * FROM t"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("doesn't exist");
      assertThatThrownBy(() -> connect(one, "guess", ""))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Access denied");
    }
    assertThatThrownBy(() -> DriverManager.getConnection(url, MariaDb.USER, MariaDb.PASSWORD))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Communications link failure");
  }

  private static Connection connect(MariaDb server, String password, String options)
      throws SQLException {
    return DriverManager.getConnection(
        server.url() + "?sslMode=DISABLED" + options, MariaDb.USER, password);
  }
}
