package io.dynaload.source.lindorm;

import io.dynaload.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations for tests, to be varied from here. */
final class LindormTables {
  static final Instant FROM = Instant.parse("2023-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2023-02-01T00:00:00Z");

  private LindormTables() {}

  /** Of a table {@code t} with the timestamp column {@code ts}, over January 2023. */
  static LindormConfig config(String url) {
    return new LindormConfig(
        LindormUrl.parse(url),
        Secret.of("root"),
        Secret.of("secret"),
        "default",
        "t",
        "ts",
        new TimestampRange(FROM, TO),
        List.of(),
        List.of(),
        null,
        2_000);
  }

  static LindormConfig config() {
    return config(LindormUrl.EXAMPLE);
  }

  static LindormConfig withTable(LindormConfig c, String table, String timestampColumn) {
    return new LindormConfig(
        c.url(),
        c.username(),
        c.password(),
        c.database(),
        table,
        timestampColumn,
        c.range(),
        c.columns(),
        c.keyColumns(),
        c.splitCount(),
        c.pageSize());
  }

  static LindormConfig withColumns(LindormConfig c, String... columns) {
    return new LindormConfig(
        c.url(),
        c.username(),
        c.password(),
        c.database(),
        c.table(),
        c.timestampColumn(),
        c.range(),
        List.of(columns),
        c.keyColumns(),
        c.splitCount(),
        c.pageSize());
  }

  static LindormConfig withKeyColumns(LindormConfig c, String... columns) {
    return new LindormConfig(
        c.url(),
        c.username(),
        c.password(),
        c.database(),
        c.table(),
        c.timestampColumn(),
        c.range(),
        c.columns(),
        List.of(columns),
        c.splitCount(),
        c.pageSize());
  }

  static LindormConfig withPages(LindormConfig c, @Nullable Integer splitCount, int pageSize) {
    return new LindormConfig(
        c.url(),
        c.username(),
        c.password(),
        c.database(),
        c.table(),
        c.timestampColumn(),
        c.range(),
        c.columns(),
        c.keyColumns(),
        splitCount,
        pageSize);
  }

  static LindormConfig withRange(LindormConfig c, Instant from, Instant to) {
    return new LindormConfig(
        c.url(),
        c.username(),
        c.password(),
        c.database(),
        c.table(),
        c.timestampColumn(),
        new TimestampRange(from, to),
        c.columns(),
        c.keyColumns(),
        c.splitCount(),
        c.pageSize());
  }

  static LindormConfig withLogin(LindormConfig c, String username, String password) {
    return new LindormConfig(
        c.url(),
        Secret.of(username),
        Secret.of(password),
        c.database(),
        c.table(),
        c.timestampColumn(),
        c.range(),
        c.columns(),
        c.keyColumns(),
        c.splitCount(),
        c.pageSize());
  }

  /** A file below src/test/resources/golden. */
  static byte[] golden(String name) {
    try {
      return Files.readAllBytes(
          Path.of(System.getProperty("dynaload.home"), "src/test/resources/golden", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
