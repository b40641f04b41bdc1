package io.dynaload.local.lindormserver;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the SELECTs that LindormTable refuses, for tables whose rows are stored in ascending
 * order of the primary key. The sources are Lindorm's "Quotas and limits", "SELECT" and "Lindorm
 * SQL FAQ"; where they leave room:
 *
 * <ul>
 *   <li>A read without any condition is a full scan, with LIMIT or without.
 *   <li>A condition that bounds its column on one side only is allowed where it goes on from the
 *       key: on the first key column, or on the next one after columns that are held equal.
 *   <li>ORDER BY may skip columns that are held equal, and otherwise follows the key, ascending in
 *       all columns or descending in all.
 *   <li>The hint {@code _l_allow_filtering_} lifts the rules on conditions, and no other.
 * </ul>
 *
 * Every other kind of statement passes. Stateless; safe for use by many threads.
 */
final class StatementRules {
  static final long MAX_LIMIT = 10_000;
  static final int MAX_IN_VALUES = 2_000;

  private final Function<String, List<String>> primaryKeys;

  /**
   * @param primaryKeys a table's key columns in key order; none for a table that is not known,
   *     which the database itself will refuse
   */
  StatementRules(Function<String, List<String>> primaryKeys) {
    this.primaryKeys = primaryKeys;
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
    List<String> key = primaryKeys.apply(select.table());
    if (key.isEmpty()) {
      return;
    }
    if (!select.hints().contains("_l_allow_filtering_")) {
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

  private static void checkConditions(Conditions conditions, List<String> key) {
    if (!conditions.on(key.get(0)).confines()) {
      throw inefficient("no condition on the first primary key column " + key.get(0));
    }
    int reached = equalPrefix(conditions, key);
    for (String column : conditions.columns()) {
      boolean next = reached < key.size() && key.get(reached).equalsIgnoreCase(column);
      if (conditions.on(column).oneSided() && !next) {
        throw inefficient("column " + column + " needs both a lower and an upper bound");
      }
    }
  }

  private static void checkOrder(SelectStatement select, List<String> key) {
    int at = 0;
    for (SelectStatement.Order order : select.order()) {
      while (at < key.size()
          && !key.get(at).equalsIgnoreCase(order.column())
          && select.conditions().on(key.get(at)).equal()) {
        at++;
      }
      boolean follows = at < key.size() && key.get(at).equalsIgnoreCase(order.column());
      if (!follows && !select.conditions().on(order.column()).equal()) {
        throw new RefusedException(
            "ORDER BY must follow the primary key "
                + key
                + ", with every earlier key column held equal, but names '"
                + order.column()
                + "'");
      }
      at += follows ? 1 : 0;
    }
    if (select.order().stream().map(SelectStatement.Order::descending).distinct().count() > 1) {
      throw new RefusedException("ORDER BY must be ascending or descending in all columns");
    }
  }

  /** How many of the first key columns are held equal. */
  private static int equalPrefix(Conditions conditions, List<String> key) {
    int reached = 0;
    while (reached < key.size() && conditions.on(key.get(reached)).equal()) {
      reached++;
    }
    return reached;
  }

  private static RefusedException inefficient(String reason) {
    return new RefusedException(
        "Detect inefficient query: "
            + reason
            + ". This query may be a full table scan and thus may have unpredictable performance");
  }
}
