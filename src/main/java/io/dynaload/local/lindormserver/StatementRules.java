package io.dynaload.local.lindormserver;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the SELECTs that LindormTable refuses, for tables whose rows are stored in the order of
 * the primary key, or of the index that the hint {@code _l_force_index_} names. The sources are
 * Lindorm's "Quotas and limits", "SELECT" and "Lindorm SQL FAQ"; where they leave room:
 *
 * <ul>
 *   <li>A read without any condition is a full scan, with LIMIT or without.
 *   <li>A condition that bounds its column on one side only is allowed where it goes on from the
 *       key: on the first key column, or on the next one after columns that are held equal.
 *   <li>ORDER BY may skip columns that are held equal, and otherwise follows the key, in the
 *       direction that each column is stored in, or against it in all.
 *   <li>Of a key that begins with a hash, the hashed columns are held equal: anything else is a
 *       full scan, in no order.
 *   <li>The hint {@code _l_allow_filtering_} lifts the rules on conditions, and no other.
 * </ul>
 *
 * Every other kind of statement passes. Stateless; safe for use by many threads.
 */
final class StatementRules {
  static final long MAX_LIMIT = 10_000;
  static final int MAX_IN_VALUES = 2_000;

  private final Keys keys;

  /** In which order rows are stored. */
  interface Keys {
    /**
     * The key of a table, or of an index of it; {@link TableKey#UNKNOWN} for a table that is not
     * known, which the database itself will refuse.
     *
     * @param index null for the table itself
     * @throws RefusedException if the table has no such index
     */
    TableKey of(String table, @Nullable String index);
  }

  StatementRules(Keys keys) {
    this.keys = keys;
  }

  /** Parameters may be missing while a statement is only prepared. */
  void check(String sql, List<@Nullable Object> parameters) {
    List<Token> tokens = Token.split(sql);
    if (tokens.isEmpty() || !tokens.get(0).is("SELECT")) {
      return;
    }
    if (tokens.stream().filter(token -> token.is("SELECT")).count() > 1) {
      throw new RefusedException("SELECT reads one table: unions and subqueries are not supported");
    }
    SelectStatement select = SelectStatement.parse(tokens, parameters);
    checkWindow(select);
    checkLists(tokens);
    TableKey key = keys.of(select.table(), select.hints().index());
    if (key.isEmpty()) {
      return;
    }
    if (!select.hints().names().contains("_l_allow_filtering_")) {
      checkConditions(select.conditions(), key);
    }
    checkOrder(select, key);
  }

  private static void checkWindow(SelectStatement select) {
    Long limit = select.window().limit();
    Long offset = select.window().offset();
    if (limit == null && !select.order().isEmpty()) {
      throw new RefusedException("ORDER BY requires LIMIT");
    }
    if (limit != null && limit > MAX_LIMIT) {
      throw new RefusedException("LIMIT must not exceed " + MAX_LIMIT + ", but is " + limit);
    }
    if (offset != null && offset > MAX_LIMIT) {
      throw new RefusedException("OFFSET must not exceed " + MAX_LIMIT + ", but is " + offset);
    }
  }

  private static void checkLists(List<Token> tokens) {
    for (int at = 0; at < tokens.size(); at++) {
      int values = tokens.get(at).is("IN") ? Clauses.listSize(tokens, at + 1) : 0;
      if (values > MAX_IN_VALUES) {
        throw new RefusedException(
            "IN must not list more than " + MAX_IN_VALUES + " values, but lists " + values);
      }
    }
  }

  private static void checkConditions(Conditions conditions, TableKey key) {
    String first = key.columns().get(0).name();
    if (!conditions.on(first).confines()) {
      throw inefficient("no condition on the first primary key column " + first);
    }
    if (!key.ordered(conditions)) {
      throw inefficient("the hashed key columns " + key.hashed() + " are not held equal");
    }
    int reached = key.equalPrefix(conditions);
    for (String column : conditions.columns()) {
      if (conditions.on(column).oneSided() && !key.has(reached, column)) {
        throw inefficient("column " + column + " needs both a lower and an upper bound");
      }
    }
  }

  private static void checkOrder(SelectStatement select, TableKey key) {
    List<TableKey.Column> columns = key.columns();
    Set<Boolean> againstStorage = new HashSet<>();
    int at = key.ordered(select.conditions()) ? 0 : columns.size();
    for (SelectStatement.Order order : select.order()) {
      while (at < columns.size()
          && !key.has(at, order.column())
          && select.conditions().on(columns.get(at).name()).equal()) {
        at++;
      }
      if (key.has(at, order.column())) {
        againstStorage.add(order.descending() != columns.get(at).descending());
        at++;
      } else if (!select.conditions().on(order.column()).equal()) {
        throw new RefusedException(
            "ORDER BY must follow the primary key "
                + columns
                + ", with every earlier key column held equal, but names '"
                + order.column()
                + "'");
      }
    }
    if (againstStorage.size() > 1) {
      throw new RefusedException(
          "ORDER BY must have each column in the direction of the primary key "
              + columns
              + ", or all of them against it");
    }
  }

  private static RefusedException inefficient(String reason) {
    return new RefusedException(
        "Detect inefficient query: "
            + reason
            + ". This query may be a full table scan and thus may have unpredictable performance");
  }
}
