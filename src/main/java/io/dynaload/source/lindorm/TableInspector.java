package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a table for its columns and key, and checks what the file says against them. Everything
 * wrong with the file is an ImportException (CONFIGURATION).
 */
final class TableInspector {
  private static final int TABLES_SHOWN = 20;

  private final LindormConfig config;

  TableInspector(LindormConfig config) {
    this.config = config;
  }

  TableSchema describe(LindormConnection connection) throws SQLException {
    Optional<TableSchema> schema;
    try {
      schema =
          connection
              .dialect()
              .describe(connection.jdbc(), config.access(), config.filter().table());
    } catch (SQLException e) {
      throw describeFailed(connection, e);
    }
    if (schema.isEmpty()) {
      throw unknownTable(tables(connection));
    }
    return schema.get();
  }

  private ImportException describeFailed(LindormConnection connection, SQLException failure)
      throws SQLException {
    if (Timeouts.isTimeout(failure) || Failures.isConnectionLost(failure)) {
      throw failure;
    }
    List<String> tables = tables(connection);
    if (!tables.contains(config.filter().table())) {
      return unknownTable(tables);
    }
    return new ImportException(
        ErrorCode.SOURCE,
        "The server does not describe table "
            + config.filter().table()
            + ": "
            + Failures.reason(failure),
        "Check that the user may read the table.",
        failure);
  }

  private List<String> tables(LindormConnection connection) throws SQLException {
    return connection.dialect().tables(connection.jdbc(), config.access());
  }

  private ImportException unknownTable(List<String> tables) {
    String known =
        tables.isEmpty()
            ? "The database has no table that this user may see."
            : "Tables: "
                + String.join(", ", tables.subList(0, Math.min(TABLES_SHOWN, tables.size())))
                + (tables.size() > TABLES_SHOWN ? ", …" : "")
                + ".";
    return wrong(
        "table: database "
            + config.access().database()
            + " has no table "
            + config.filter().table()
            + ".",
        known + " Correct table or database.");
  }

  /**
   * The columns that become attributes, in the order of the file or of the table.
   *
   * @throws ImportException if one is unknown or of a type that cannot be read
   */
  Map<String, ColumnType> attributes(TableSchema schema) {
    List<String> names =
        config.filter().columns().isEmpty() ? schema.names() : config.filter().columns();
    Map<String, ColumnType> attributes = new LinkedHashMap<>();
    for (String name : names) {
      TableSchema.Column column = known(schema, "columns", name);
      attributes.put(name, readable(column));
    }
    return attributes;
  }

  /** The column that from and to are compared with, if the file names none. */
  String onlyTimestampColumn(TableSchema schema) {
    List<String> names =
        schema.columns().stream()
            .filter(column -> column.type() == ColumnType.TIMESTAMP)
            .map(TableSchema.Column::name)
            .toList();
    if (names.size() != 1) {
      throw wrong(
          "timestamp-column is missing, and table "
              + config.filter().table()
              + " has "
              + (names.isEmpty() ? "no column" : "several columns")
              + " of type TIMESTAMP.",
          names.isEmpty()
              ? "Name the column that holds time, and say how by timestamp-encoding."
              : "Name one of them with timestamp-column: " + String.join(", ", names) + ".");
    }
    return names.get(0);
  }

  /** Checks the column that from and to are compared with. */
  void checkTimestampColumn(TableSchema schema) {
    FilterConfig filter = config.filter();
    ValueInspector.checkTimestamp(
        known(schema, "timestamp-column", filter.timestampColumn()), filter, schema);
  }

  /** The column that a setting names. */
  TableSchema.Column known(TableSchema schema, String setting, String name) {
    return schema
        .column(name)
        .orElseThrow(
            () ->
                wrong(
                    setting + ": table " + config.filter().table() + " has no column " + name + ".",
                    "Its columns are: " + String.join(", ", schema.names()) + "."));
  }

  /** Its type, if it can be read. */
  ColumnType readable(TableSchema.Column column) {
    ColumnType type = column.type();
    if (type == null) {
      throw unreadable(config.filter().table(), column.name(), column.declaredType());
    }
    return type;
  }

  static ImportException unreadable(String table, String column, String declaredType) {
    return wrong(
        "columns: column "
            + column
            + " of table "
            + table
            + " is of type "
            + declaredType
            + ", which cannot be read.",
        "List the columns to read with columns, and leave this one out.");
  }

  private static ImportException wrong(String message, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, message, remedy);
  }
}
