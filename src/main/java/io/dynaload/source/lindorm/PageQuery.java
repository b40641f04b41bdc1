package io.dynaload.source.lindorm;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SELECT of one page. Conditions are joined by AND, each with its value as a parameter; there
 * is no OR and no tuple, which Lindorm may not push down.
 *
 * @param hints sent right after SELECT, in one comment
 * @param where a further condition, as it stands; null for none
 * @param order the key columns to sort by, in the table's own order
 * @param limit at most 10,000, or Lindorm refuses it
 */
record PageQuery(
    List<String> hints,
    String table,
    List<String> columns,
    List<Condition> conditions,
    @Nullable String where,
    List<KeyColumn> order,
    int limit) {

  String sql() {
    return "SELECT "
        + (hints.isEmpty() ? "" : "/*+ " + String.join(", ", hints) + " */ ")
        + columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "))
        + " FROM "
        + Identifiers.quote(table)
        + clause(" WHERE ", predicates(), " AND ")
        + clause(" ORDER BY ", order.stream().map(PageQuery::sorted), ", ")
        + " LIMIT "
        + limit;
  }

  private Stream<String> predicates() {
    Stream<String> compared = conditions.stream().map(Condition::sql);
    return where == null ? compared : Stream.concat(compared, Stream.of("(" + where + ")"));
  }

  /** Nothing where there are no parts. */
  private static String clause(String keyword, Stream<String> parts, String separator) {
    String joined = parts.collect(Collectors.joining(separator));
    return joined.isEmpty() ? "" : keyword + joined;
  }

  private static String sorted(KeyColumn column) {
    return Identifiers.quote(column.name()) + (column.descending() ? " DESC" : "");
  }
}
