package io.dynaload.local.lindormserver;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The in-memory H2 database behind the server, set up to look like LindormTable: names keep the
 * case they are written in and match in any case, the schema is {@code default}, and every
 * session's time zone is UTC, so that a TIMESTAMP is wall-clock time in UTC whatever the JVM's zone
 * is.
 */
final class Database implements AutoCloseable {
  private static final String SETTINGS =
      ";DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;TIME ZONE=UTC;DB_CLOSE_DELAY=-1";
  private static final String KEY_COLUMNS =
      "SELECT k.COLUMN_NAME FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE k JOIN"
          + " INFORMATION_SCHEMA.TABLE_CONSTRAINTS c ON c.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA"
          + " AND c.CONSTRAINT_NAME = k.CONSTRAINT_NAME WHERE c.CONSTRAINT_TYPE = 'PRIMARY KEY' AND"
          + " LOWER(k.TABLE_NAME) = LOWER(?) ORDER BY k.ORDINAL_POSITION";

  private final String url;
  private final Driver driver;
  private final Map<String, TableKey> declared = new ConcurrentHashMap<>();

  /** By table and name, both in lower case. */
  private final Map<String, Map<String, CreateIndex>> indexes = new ConcurrentHashMap<>();

  Database(String name) throws SQLException {
    url = name + SETTINGS;
    try {
      driver =
          Class.forName("org.h2.Driver")
              .asSubclass(Driver.class)
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new SQLException("H2 is missing from the embedded Lindorm server's folder", e);
    }
    try (Connection connection = driver.connect(url, new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA \"default\"");
    }
  }

  String url() {
    return url;
  }

  Connection connect() throws SQLException {
    Connection connection = driver.connect(url, new Properties());
    connection.setSchema("default");
    return connection;
  }

  /**
   * Runs a statement; CREATE TABLE may say of its key what H2 does not know, and CREATE INDEX is
   * remembered.
   */
  void execute(String sql) throws SQLException {
    Optional<CreateIndex> index = CreateIndex.parse(sql);
    Optional<CreateTable> created = CreateTable.parse(sql);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      if (index.isPresent()) {
        statement.execute(index.get().sql());
        indexes
            .computeIfAbsent(index.get().table(), table -> new ConcurrentHashMap<>())
            .put(index.get().name(), index.get());
        return;
      }
      if (created.isEmpty()) {
        statement.execute(sql);
        return;
      }
      CreateTable table = created.get();
      statement.execute(table.sql());
      indexes.remove(table.table());
      declared.put(table.table(), table.key());
      if (table.key().columns().stream().anyMatch(TableKey.Column::descending)) {
        // Without it, H2 would sort the table for every page.
        statement.execute(
            "CREATE INDEX \"%s_storage\" ON \"%s\"(%s)"
                .formatted(table.table(), table.table(), table.key().order()));
      }
    }
  }

  /** The table's key; without columns if there is no such table. */
  TableKey primaryKey(String table) {
    List<String> names = keyColumns(table);
    if (names.isEmpty()) {
      return TableKey.UNKNOWN;
    }
    TableKey known = declared.getOrDefault(table.toLowerCase(Locale.ROOT), TableKey.UNKNOWN);
    List<TableKey.Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean descending = known.has(i, names.get(i)) && known.columns().get(i).descending();
      columns.add(new TableKey.Column(names.get(i), descending));
    }
    return new TableKey(columns, known.hashed());
  }

  /**
   * The key by which rows are stored: the primary key; in an index its columns, and behind them
   * those of the primary key that it does not have.
   *
   * @param index null for the table itself
   */
  TableKey storageKey(String table, @Nullable String index) {
    TableKey primary = primaryKey(table);
    if (index == null || primary.isEmpty()) {
      return primary;
    }
    CreateIndex created =
        indexes
            .getOrDefault(table.toLowerCase(Locale.ROOT), Map.of())
            .get(index.toLowerCase(Locale.ROOT));
    if (created == null) {
      throw new RefusedException("Index '" + index + "' of table '" + table + "' does not exist");
    }
    List<TableKey.Column> columns = new ArrayList<>(created.columns());
    primary.columns().stream()
        .filter(
            column ->
                created.columns().stream()
                    .noneMatch(indexed -> indexed.name().equalsIgnoreCase(column.name())))
        .forEach(columns::add);
    return new TableKey(columns, List.of());
  }

  private List<String> keyColumns(String table) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(KEY_COLUMNS)) {
      statement.setString(1, table);
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
      return columns;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }
}
