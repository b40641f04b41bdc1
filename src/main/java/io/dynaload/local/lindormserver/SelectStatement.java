package io.dynaload.local.lindormserver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT over one table, as far as the rules ask. Names are as written; the table's is empty if
 * there is no FROM.
 */
record SelectStatement(
    Hints hints, String table, Conditions conditions, List<Order> order, Window window, Text text) {
  private static final Set<String> CLAUSES =
      Set.of("SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET");

  /**
   * What stands in the comment right after SELECT.
   *
   * @param names of all hints
   * @param index that is forced; null for the table itself
   */
  record Hints(Set<String> names, @Nullable String index) {
    static final Hints NONE = new Hints(Set.of(), null);
  }

  /** A column of ORDER BY; an empty name stands for an expression. */
  record Order(String column, boolean descending) {}

  /** LIMIT and OFFSET: null where missing, -1 where a parameter that is not bound yet. */
  record Window(@Nullable Long limit, @Nullable Long offset) {}

  /** What stands behind FROM, WHERE and ORDER, as it stands there. */
  record Text(List<Token> from, List<Token> where, List<Token> order) {}

  static SelectStatement parse(List<Token> tokens, List<@Nullable Object> parameters) {
    Map<String, List<Token>> clauses = clauses(tokens);
    return new SelectStatement(
        hints(tokens),
        table(clauses.getOrDefault("FROM", List.of())),
        Conditions.of(clauses.getOrDefault("WHERE", List.of())),
        order(clauses.getOrDefault("ORDER", List.of())),
        window(clauses, parameters),
        new Text(
            clauses.getOrDefault("FROM", List.of()),
            clauses.getOrDefault("WHERE", List.of()),
            clauses.getOrDefault("ORDER", List.of())));
  }

  private static Map<String, List<Token>> clauses(List<Token> tokens) {
    Map<String, List<Token>> clauses = new HashMap<>();
    List<Token> current = new ArrayList<>();
    for (int at = 0; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      String keyword = token.text().toUpperCase(Locale.ROOT);
      if (token.isSymbol("(")) {
        int end = Clauses.closing(tokens, at);
        current.addAll(tokens.subList(at, end + 1));
        at = end;
      } else if (token.kind() == Token.Kind.WORD && CLAUSES.contains(keyword)) {
        current = clauses.computeIfAbsent(keyword, key -> new ArrayList<>());
      } else if (token.kind() != Token.Kind.HINT) {
        current.add(token);
      }
    }
    return clauses;
  }

  /** Only a hint right after SELECT counts. */
  private static Hints hints(List<Token> tokens) {
    if (tokens.size() < 2 || tokens.get(1).kind() != Token.Kind.HINT) {
      return Hints.NONE;
    }
    Set<String> names = new HashSet<>();
    String index = null;
    for (List<Token> hint :
        Clauses.split(Token.split(tokens.get(1).text()), token -> token.isSymbol(","))) {
      if (!hint.isEmpty()) {
        names.add(hint.get(0).text());
      }
      if (hint.size() > 2 && hint.get(0).is("_l_force_index_")) {
        index = hint.get(2).text().replace("'", "");
      }
    }
    return new Hints(names, index);
  }

  private static String table(List<Token> from) {
    boolean joins =
        from.stream()
            .anyMatch(token -> token.isSymbol(",") || token.isSymbol("(") || token.is("JOIN"));
    if (joins) {
      throw new RefusedException("SELECT reads one table: joins and subqueries are not supported");
    }
    boolean qualified = from.size() > 2 && from.get(1).isSymbol(".");
    return from.isEmpty() ? "" : from.get(qualified ? 2 : 0).text();
  }

  private static List<Order> order(List<Token> clause) {
    if (clause.isEmpty()) {
      return List.of();
    }
    List<Order> order = new ArrayList<>();
    for (List<Token> item :
        Clauses.split(clause.subList(1, clause.size()), token -> token.isSymbol(","))) {
      Token last = item.get(item.size() - 1);
      boolean directed = last.is("ASC") || last.is("DESC");
      String column = Clauses.column(directed ? item.subList(0, item.size() - 1) : item);
      order.add(new Order(column, last.is("DESC")));
    }
    return order;
  }

  private static Window window(
      Map<String, List<Token>> clauses, List<@Nullable Object> parameters) {
    List<List<Token>> limit =
        Clauses.split(clauses.getOrDefault("LIMIT", List.of()), token -> token.isSymbol(","));
    if (limit.size() == 2) {
      return new Window(number(limit.get(1), parameters), number(limit.get(0), parameters));
    }
    return new Window(
        number(limit.get(0), parameters),
        number(clauses.getOrDefault("OFFSET", List.of()), parameters));
  }

  private static @Nullable Long number(List<Token> tokens, List<@Nullable Object> parameters) {
    if (tokens.isEmpty()) {
      return null;
    }
    Token token = tokens.get(0);
    if (token.kind() == Token.Kind.PARAMETER) {
      int position = Integer.parseInt(token.text());
      boolean bound = position < parameters.size();
      return bound && parameters.get(position) instanceof Number n ? n.longValue() : -1L;
    }
    try {
      return Long.valueOf(token.text());
    } catch (NumberFormatException e) {
      throw new RefusedException("Not a number of rows: " + token.text());
    }
  }
}
