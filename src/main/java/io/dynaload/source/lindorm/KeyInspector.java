package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the key that a table or its index is stored by, from what DESCRIBE tells and the file says.
 * Everything wrong with the file is an ImportException (CONFIGURATION): a key that is not the one
 * of the storage would lose or repeat rows.
 */
final class KeyInspector {
  private final LindormConfig config;
  private final TableInspector table;

  KeyInspector(LindormConfig config, TableInspector table) {
    this.config = config;
    this.table = table;
  }

  /** The columns in storage order; at least one. */
  List<KeyColumn> key(TableSchema schema) {
    SplitConfig splits = config.splits();
    List<KeyName> names =
        splits.keyColumns().isEmpty()
            ? schema.keyNames().stream().map(name -> new KeyName(name, null)).toList()
            : splits.keyColumns();
    if (names.isEmpty()) {
      throw wrong(
          "table: the server does not tell the primary key of " + config.filter().table() + ".",
          "Name its columns in order with key-columns.");
    }
    List<KeyColumn> key = new ArrayList<>();
    for (KeyName name : names) {
      TableSchema.Column column = table.known(schema, "key-columns", name.name());
      ColumnType type = table.readable(column);
      checkComparable(column, key.isEmpty());
      key.add(new KeyColumn(name.name(), type, descending(name, column)));
    }
    List<String> plain = names.stream().map(KeyName::name).toList();
    checkWhole(schema, plain);
    if (splits.forceIndex() != null) {
      checkNullable(schema, plain);
    } else {
      checkOrder(schema, plain);
    }
    return List.copyOf(key);
  }

  /**
   * Pages go on behind a value that was read, so the server has to compare it as it sorts it. Where
   * the values of the first column are given, that one is only ever compared for equality.
   */
  private void checkComparable(TableSchema.Column column, boolean first) {
    boolean names = MySqlTypes.isListOfNames(column.declaredType());
    if (names && first && !config.splits().keyValues().isEmpty()) {
      return;
    }
    if (names || MySqlTypes.isRowOfBits(column.declaredType())) {
      throw wrong(
          "table: the key column "
              + column.name()
              + " of "
              + config.filter().table()
              + " is of type "
              + column.declaredType()
              + ", which the server sorts otherwise than it compares it, so rows would be lost or"
              + " read twice.",
          (names && first ? "List all of its values with key-values, or read" : "Read")
              + " the rows with query, in one part.");
    }
  }

  /** An index has an order of its own, which only the file can tell. */
  private boolean descending(KeyName name, TableSchema.Column column) {
    if (name.descending() != null) {
      return name.descending();
    }
    return config.splits().forceIndex() == null && column.descending();
  }

  private void checkWhole(TableSchema schema, List<String> names) {
    for (String name : schema.keyNames()) {
      if (!names.contains(name)) {
        throw wrong(
            "key-columns: leaves out "
                + name
                + " of the primary key of "
                + config.filter().table()
                + ", so rows that differ only in it would be lost.",
            "Name all of its columns, in this order: "
                + String.join(", ", schema.keyNames())
                + ".");
      }
    }
  }

  /** Lindorm sorts in the order of the key only. */
  private void checkOrder(TableSchema schema, List<String> names) {
    if (!schema.keyNames().isEmpty() && !schema.keyNames().equals(names)) {
      throw wrong(
          "key-columns: is not the primary key of "
              + config.filter().table()
              + ", which is "
              + String.join(", ", schema.keyNames())
              + ".",
          "Leave key-columns out, or name these columns in this order; those of an index need"
              + " force-index.");
    }
  }

  /**
   * A row whose value is NULL is behind no other value, so paging would not find it. The primary
   * key has none; a row without timestamp is in no time range; key-values are asked for one by one.
   */
  private void checkNullable(TableSchema schema, List<String> names) {
    Set<String> safe = new HashSet<>(schema.keyNames());
    safe.add(config.filter().timestampColumn());
    if (!config.splits().keyValues().isEmpty()) {
      safe.add(names.get(0));
    }
    for (String name : names) {
      if (!schema.keyNames().isEmpty() && !safe.contains(name)) {
        throw wrong(
            "key-columns: "
                + name
                + " is not in the primary key of "
                + config.filter().table()
                + ", so it may be NULL, and rows in which it is would be lost.",
            "Force an index over the timestamp column and columns of the primary key only.");
      }
    }
  }

  private static ImportException wrong(String message, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, message, remedy);
  }
}
