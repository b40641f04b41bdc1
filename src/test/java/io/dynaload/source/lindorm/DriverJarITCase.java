package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.MariaDb;
import io.dynaload.local.NeedsMariaDb;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reads with the drivers in a class loader of their own. */
@Timeout(60)
class DriverJarITCase {
  @TempDir private Path folder;

  private void copyJarOf(String className) throws Exception {
    URL jar = Class.forName(className).getProtectionDomain().getCodeSource().getLocation();
    Path from = Path.of(jar.toURI());
    Files.copy(from, folder.resolve("copy-of-" + from.getFileName()));
  }

  private LindormConfig byTheCopy(LindormConfig config) throws Exception {
    AccessConfig a = config.access();
    LindormConfig moved =
        LindormTables.with(
            config,
            new AccessConfig(
                a.url(), a.username(), a.password(), a.database(), Map.of(), folder.toString()));
    try (LindormConnection connection = LindormConnection.open(moved)) {
      assertThat(connection.jdbc().getClass().getClassLoader())
          .isInstanceOf(ChildFirstLoader.class);
    }
    return moved;
  }

  @Test
  void lindormsDriverReads() throws Exception {
    copyJarOf(LindormDialect.TABLE.driverClass());
    copyJarOf("org.apache.calcite.avatica.UnregisteredDriver");
    try (EmbeddedLindorm lindorm = EmbeddedLindorm.start(0, "root", "secret")) {
      lindorm.execute("CREATE TABLE t(ts TIMESTAMP, v INTEGER, PRIMARY KEY(ts))");
      lindorm.execute("INSERT INTO t VALUES ('2023-01-01 00:00:00.001', 7)");

      assertThat(MySqlTables.read(byTheCopy(LindormTables.config(lindorm.url()))))
          .containsExactly("{\"ts\":{\"S\":\"2023-01-01T00:00:00.001Z\"},\"v\":{\"N\":\"7\"}}");
    }
  }

  @Test
  @NeedsMariaDb
  void connectorJReads() throws Exception {
    copyJarOf(MySqlDialect.INSTANCE.driverClass());
    try (MariaDb server = MariaDb.start()) {
      MySqlTables.create(server, "ts DATETIME(3), v INTEGER, PRIMARY KEY(ts)");
      MySqlTables.insert(server, List.of("('2023-01-01 00:00:00.001', 7)"));

      assertThat(MySqlTables.read(byTheCopy(MySqlTables.config(server.url()))))
          .containsExactly("{\"ts\":{\"S\":\"2023-01-01T00:00:00.001Z\"},\"v\":{\"N\":\"7\"}}");
    }
  }
}
