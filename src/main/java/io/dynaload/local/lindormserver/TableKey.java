package io.dynaload.local.lindormserver;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table's primary key, which is the order its rows are stored in. A table that is not known has
 * no columns.
 *
 * @param hashed the columns whose hash comes before all; none in most tables. Such rows are in no
 *     useful order, except among those in which these columns are equal.
 */
record TableKey(List<Column> columns, List<String> hashed) {
  static final TableKey UNKNOWN = new TableKey(List.of(), List.of());

  /** One of the key's columns, with the direction it is stored in. */
  record Column(String name, boolean descending) {
    @Override
    public String toString() {
      return descending ? name + " DESC" : name;
    }
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  /** Whether the conditions leave rows of one hash, which are stored in the columns' order. */
  boolean ordered(Conditions conditions) {
    return hashed.stream().allMatch(column -> conditions.on(column).equal());
  }

  /** How many of the first columns are held equal. */
  int equalPrefix(Conditions conditions) {
    int reached = 0;
    while (reached < columns.size() && conditions.on(columns.get(reached).name()).equal()) {
      reached++;
    }
    return reached;
  }

  boolean has(int position, String column) {
    return position < columns.size() && columns.get(position).name().equalsIgnoreCase(column);
  }

  /** As ORDER BY would say it. */
  String order() {
    return columns.stream()
        .map(column -> '"' + column.name() + '"' + (column.descending() ? " DESC" : ""))
        .collect(Collectors.joining(", "));
  }
}
