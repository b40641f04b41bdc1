package io.dynaload.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EmbeddedLindormITCase {

  @Test
  void theDriverReadsRows() throws Exception {
    Class.forName("com.aliyun.lindorm.table.client.Driver");
    try (EmbeddedLindorm lindorm = EmbeddedLindorm.start(0, "root", "secret")) {
      lindorm.execute("CREATE TABLE words(id BIGINT, word VARCHAR, PRIMARY KEY(id))");
      lindorm.execute("INSERT INTO words VALUES (1, 'one'), (2, 'two')");
      Properties login = new Properties();
      login.put("user", "root");
      login.put("password", "secret");
      try (Connection connection = DriverManager.getConnection(lindorm.url(), login);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT word FROM words WHERE id = 2")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("word")).isEqualTo("two");
        assertThat(rows.next()).isFalse();
      }
      assertThat(lindorm.rowsSent()).isEqualTo(1);
    }
  }
}
