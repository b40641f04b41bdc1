package io.dynaload.source.lindorm;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What tables a server of MySQL's protocol has, and what their columns and keys are. Lindorm's port
 * for it need not answer all that MySQL answers, so each question has a second way to ask it. Where
 * the order of a key of several columns cannot be found out, none is told.
 *
 * @param booleans whether TINYINT(1) is BOOLEAN
 */
record MySqlMetadata(Connection connection, String database, boolean booleans) {
  private static final String UNKNOWN_TABLE = "42S02";

  /** A column of the key; the direction only matters for speed, since pages are sorted anyway. */
  private record KeyPart(String name, boolean descending) {}

  private Optional<ColumnType> type(String declared) {
    return MySqlTypes.ofDeclared(declared, booleans);
  }

  Optional<TableSchema> describe(String table) throws SQLException {
    Description description;
    try {
      description = Description.of(connection, table, this::type);
    } catch (SQLException e) {
      if (UNKNOWN_TABLE.equals(e.getSQLState())) {
        return Optional.empty();
      }
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      description = new Description(columns(table, e), false);
    }
    TableSchema schema = description.schema();
    if (schema.columns().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        description.keyOrderKnown() ? schema : withKey(schema, key(table, schema.keyNames())));
  }

  private TableSchema columns(String table, SQLException describeFailed) throws SQLException {
    List<TableSchema.Column> columns = new ArrayList<>();
    try (ResultSet rows = connection.getMetaData().getColumns(database, null, table, "%")) {
      while (rows.next()) {
        String type = rows.getString("TYPE_NAME");
        columns.add(
            new TableSchema.Column(
                rows.getString("COLUMN_NAME"), type, type(type).orElse(null), false, false));
      }
    } catch (SQLException e) {
      describeFailed.addSuppressed(e);
      throw describeFailed;
    }
    return new TableSchema(List.copyOf(columns));
  }

  private List<KeyPart> key(String table, List<String> members) throws SQLException {
    List<KeyPart> key = new ArrayList<>(shownKey(table));
    if (key.isEmpty()) {
      key.addAll(metadataKey(table));
    }
    List<String> names = key.stream().map(KeyPart::name).toList();
    return names.containsAll(members) ? key : List.of();
  }

  private List<KeyPart> shownKey(String table) throws SQLException {
    TreeMap<Integer, KeyPart> parts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW INDEX FROM " + Identifiers.quote(table))) {
      while (rows.next()) {
        if ("PRIMARY".equalsIgnoreCase(rows.getString("Key_name"))) {
          boolean descending = "D".equalsIgnoreCase(rows.getString("Collation"));
          parts.put(
              rows.getInt("Seq_in_index"), new KeyPart(rows.getString("Column_name"), descending));
        }
      }
    } catch (SQLException e) {
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      return List.of();
    }
    return List.copyOf(parts.values());
  }

  private List<KeyPart> metadataKey(String table) throws SQLException {
    TreeMap<Integer, KeyPart> parts = new TreeMap<>();
    try (ResultSet rows = connection.getMetaData().getPrimaryKeys(database, null, table)) {
      while (rows.next()) {
        parts.put(rows.getInt("KEY_SEQ"), new KeyPart(rows.getString("COLUMN_NAME"), false));
      }
    } catch (SQLException e) {
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      return List.of();
    }
    return List.copyOf(parts.values());
  }

  private static TableSchema withKey(TableSchema schema, List<KeyPart> key) {
    List<String> names = key.stream().map(KeyPart::name).toList();
    List<TableSchema.Column> columns = new ArrayList<>();
    for (TableSchema.Column column : schema.columns()) {
      int place = names.indexOf(column.name());
      columns.add(
          new TableSchema.Column(
              column.name(),
              column.declaredType(),
              column.type(),
              place >= 0,
              place >= 0 && key.get(place).descending()));
    }
    columns.sort(Comparator.comparingInt(column -> place(names, column.name())));
    return new TableSchema(List.copyOf(columns));
  }

  /** Key columns first, in the key's order; the sort keeps the others in theirs. */
  private static int place(List<String> key, String column) {
    int place = key.indexOf(column);
    return place < 0 ? key.size() : place;
  }

  List<String> tables() throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    try (ResultSet rows = connection.getMetaData().getTables(database, null, "%", null)) {
      while (rows.next()) {
        names.add(rows.getString("TABLE_NAME"));
      }
    }
    return List.copyOf(names);
  }
}
