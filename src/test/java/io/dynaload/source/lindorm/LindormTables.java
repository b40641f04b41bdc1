package io.dynaload.source.lindorm;

import io.dynaload.config.ConfigFile;
import io.dynaload.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configurations for tests, to be varied from here. */
final class LindormTables {
  static final Instant FROM = Instant.parse("2023-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2023-02-01T00:00:00Z");

  private LindormTables() {}

  /** Of a table {@code t} with the timestamp column {@code ts}, over January 2023. */
  static LindormConfig config(String url) {
    return new LindormConfig(
        new AccessConfig(LindormUrl.parse(url), Secret.of("root"), Secret.of("secret"), "default"),
        new FilterConfig("t", "ts", new TimestampRange(FROM, TO), List.of()),
        splits("{}"),
        TypesConfig.DEFAULTS);
  }

  static LindormConfig config() {
    return config(LindormUrl.EXAMPLE);
  }

  static LindormConfig withTable(LindormConfig c, String table, String timestampColumn) {
    FilterConfig f = c.filter();
    return with(c, new FilterConfig(table, timestampColumn, f.range(), f.columns(), f.where()));
  }

  static LindormConfig withColumns(LindormConfig c, String... columns) {
    FilterConfig f = c.filter();
    return with(
        c,
        new FilterConfig(f.table(), f.timestampColumn(), f.range(), List.of(columns), f.where()));
  }

  static LindormConfig withKeyColumns(LindormConfig c, String... columns) {
    SplitConfig s = c.splits();
    return with(
        c,
        new SplitConfig(
            Stream.of(columns).map(KeyName::of).toList(),
            s.forceIndex(),
            s.boundaries(),
            s.keyValues(),
            s.allowFiltering(),
            s.splitCount(),
            s.pages()));
  }

  static LindormConfig withPages(LindormConfig c, @Nullable Integer splitCount, int pageSize) {
    SplitConfig s = c.splits();
    return with(
        c,
        new SplitConfig(
            s.keyColumns(),
            s.forceIndex(),
            s.boundaries(),
            s.keyValues(),
            s.allowFiltering(),
            splitCount,
            new PageConfig(pageSize, s.pages().operationTimeout(), s.pages().giveUpAfter())));
  }

  /** With what a file says of splits and pages, all else of them left at its default. */
  static LindormConfig withSplits(LindormConfig c, String yaml) {
    return with(c, splits(yaml));
  }

  private static SplitConfig splits(String yaml) {
    return SplitConfig.of(ConfigFile.parse("f.yaml", yaml, List.of()).check(SplitConfig.KEYS));
  }

  static LindormConfig withRange(LindormConfig c, Instant from, Instant to) {
    FilterConfig f = c.filter();
    return with(
        c,
        new FilterConfig(
            f.table(),
            f.timestampColumn(),
            new TimestampRange(from, to, f.range().encoding()),
            f.columns(),
            f.where()));
  }

  static LindormConfig withLogin(LindormConfig c, String username, String password) {
    AccessConfig a = c.access();
    return with(
        c,
        new AccessConfig(
            a.url(),
            Secret.of(username),
            Secret.of(password),
            a.database(),
            a.properties(),
            a.driverJar()));
  }

  static LindormConfig withEncoding(LindormConfig c, TimestampEncoding encoding) {
    FilterConfig f = c.filter();
    TimestampRange range = new TimestampRange(f.range().from(), f.range().to(), encoding);
    return with(c, new FilterConfig(f.table(), f.timestampColumn(), range, f.columns(), f.where()));
  }

  static LindormConfig withWhere(LindormConfig c, String where) {
    FilterConfig f = c.filter();
    return with(c, new FilterConfig(f.table(), f.timestampColumn(), f.range(), f.columns(), where));
  }

  static LindormConfig with(LindormConfig c, TypesConfig types) {
    return new LindormConfig(c.access(), c.filter(), c.splits(), types);
  }

  static LindormConfig with(LindormConfig c, AccessConfig access) {
    return new LindormConfig(access, c.filter(), c.splits(), c.types());
  }

  static LindormConfig with(LindormConfig c, FilterConfig filter) {
    return new LindormConfig(c.access(), filter, c.splits(), c.types());
  }

  static LindormConfig with(LindormConfig c, SplitConfig splits) {
    return new LindormConfig(c.access(), c.filter(), splits, c.types());
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
