package io.dynaload.source.lindorm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as DESCRIBE shows it.
 *
 * @param columns key columns first, in key order
 */
record TableSchema(List<Column> columns) {
  /**
   * One column.
   *
   * @param declaredType as the server names it
   * @param type null where it cannot be read
   */
  record Column(
      String name,
      String declaredType,
      @Nullable ColumnType type,
      boolean inKey,
      boolean descending) {}

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  List<String> keyNames() {
    return columns.stream().filter(Column::inKey).map(Column::name).toList();
  }
}
