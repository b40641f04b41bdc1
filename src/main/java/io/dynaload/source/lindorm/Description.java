package io.dynaload.source.lindorm;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answer to DESCRIBE, in the form of Lindorm (COLUMN_NAME, TYPE, IS_PRIMARY_KEY, SORT_ORDER;
 * key columns in the key's order), of LindormTSDB (columnName, typeName) or of MySQL (Field, Type,
 * Key; columns in the table's order).
 *
 * @param keyOrderKnown whether the key columns stand in the order that they have in the key
 */
record Description(TableSchema schema, boolean keyOrderKnown) {
  private static final List<String> NAME = List.of("COLUMN_NAME", "COLUMNNAME", "FIELD");
  private static final List<String> TYPE = List.of("TYPE", "TYPENAME", "TYPE_NAME", "DATA_TYPE");

  static Description of(
      Connection connection, String table, Function<String, Optional<ColumnType>> types)
      throws SQLException {
    List<TableSchema.Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + Identifiers.quote(table))) {
      Map<String, Integer> labels = labels(rows.getMetaData());
      int name = index(labels, NAME);
      int type = index(labels, TYPE);
      Integer inKey = labels.get("IS_PRIMARY_KEY");
      Integer order = labels.get("SORT_ORDER");
      Integer mySqlKey = labels.get("KEY");
      while (rows.next()) {
        String declared = rows.getString(type);
        boolean key = Boolean.parseBoolean(text(rows, inKey)) || "PRI".equals(text(rows, mySqlKey));
        boolean descending = "DESC".equalsIgnoreCase(text(rows, order));
        columns.add(
            new TableSchema.Column(
                rows.getString(name),
                declared,
                types.apply(declared).orElse(null),
                key,
                descending));
      }
      TableSchema schema = new TableSchema(List.copyOf(columns));
      return new Description(schema, inKey != null || schema.keyNames().size() < 2);
    }
  }

  private static Map<String, Integer> labels(ResultSetMetaData metadata) throws SQLException {
    Map<String, Integer> labels = new HashMap<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      labels.putIfAbsent(metadata.getColumnLabel(i).toUpperCase(Locale.ROOT), i);
    }
    return labels;
  }

  private static int index(Map<String, Integer> labels, List<String> names) throws SQLException {
    for (String name : names) {
      Integer index = labels.get(name);
      if (index != null) {
        return index;
      }
    }
    throw new SQLException("DESCRIBE answers in an unknown form, without " + names.get(0));
  }

  private static @Nullable String text(ResultSet rows, @Nullable Integer column)
      throws SQLException {
    return column == null ? null : rows.getString(column);
  }
}
