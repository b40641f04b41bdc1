package io.dynaload.source.lindorm;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The SELECT of one page. Conditions are joined by AND, each with its value as a parameter; there
 * is no OR and no tuple, which Lindorm may not push down.
 *
 * @param order the key columns to sort by, in the table's own order
 * @param limit at most 10,000, or Lindorm refuses it
 */
record PageQuery(
    String table,
    List<String> columns,
    List<Condition> conditions,
    List<KeyColumn> order,
    int limit) {

  String sql() {
    return "SELECT "
        + columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "))
        + " FROM "
        + Identifiers.quote(table)
        + " WHERE "
        + conditions.stream().map(Condition::sql).collect(Collectors.joining(" AND "))
        + " ORDER BY "
        + order.stream().map(PageQuery::sorted).collect(Collectors.joining(", "))
        + " LIMIT "
        + limit;
  }

  private static String sorted(KeyColumn column) {
    return Identifiers.quote(column.name()) + (column.descending() ? " DESC" : "");
  }
}
