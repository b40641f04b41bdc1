package io.dynaload.local.lindormserver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a WHERE clause says of single columns, by comparison with values. A predicate that is no
 * such comparison (LIKE, IS NULL, tuples, functions of a column) confines nothing.
 */
final class Conditions {
  private static final Token AND = new Token(Token.Kind.SYMBOL, "AND");
  private static final Bounds NONE = new Bounds(false, false, false);

  private final Map<String, Bounds> columns;

  private Conditions(Map<String, Bounds> columns) {
    this.columns = columns;
  }

  static Conditions of(List<Token> where) {
    return new Conditions(either(where));
  }

  /** The column's bounds; the name in any case. */
  Bounds on(String column) {
    return columns.getOrDefault(column.toLowerCase(Locale.ROOT), NONE);
  }

  /** The columns that anything is said of, in lower case. */
  Set<String> columns() {
    return columns.keySet();
  }

  /** The terms that all have to hold, whatever parentheses stand around. */
  static List<List<Token>> conjuncts(List<Token> where) {
    if (Clauses.enclosed(where)) {
      return conjuncts(where.subList(1, where.size() - 1));
    }
    boolean either = Clauses.split(where, token -> token.is("OR")).size() > 1;
    List<List<Token>> terms = either ? List.of(where) : terms(where);
    return terms.size() == 1
        ? terms
        : terms.stream().flatMap(term -> conjuncts(term).stream()).toList();
  }

  /** A disjunction confines what all of its branches confine. */
  private static Map<String, Bounds> either(List<Token> tokens) {
    List<List<Token>> branches = Clauses.split(tokens, token -> token.is("OR"));
    Map<String, Bounds> all = both(branches.get(0));
    for (List<Token> branch : branches.subList(1, branches.size())) {
      Map<String, Bounds> next = both(branch);
      all.keySet().retainAll(next.keySet());
      all.replaceAll((column, bounds) -> bounds.or(next.getOrDefault(column, NONE)));
    }
    return all;
  }

  /** A conjunction confines what any of its terms confines. */
  private static Map<String, Bounds> both(List<Token> tokens) {
    Map<String, Bounds> all = new HashMap<>();
    for (List<Token> term : terms(tokens)) {
      term(term).forEach((column, bounds) -> all.merge(column, bounds, Bounds::and));
    }
    return all;
  }

  /** Splits at AND, but not at the one that belongs to a BETWEEN. */
  private static List<List<Token>> terms(List<Token> tokens) {
    List<List<Token>> terms = new ArrayList<>();
    for (List<Token> part : Clauses.split(tokens, token -> token.is("AND"))) {
      List<Token> last = terms.isEmpty() ? List.of() : terms.get(terms.size() - 1);
      if (last.stream().anyMatch(token -> token.is("BETWEEN")) && !last.contains(AND)) {
        last.add(AND);
        last.addAll(part);
      } else {
        terms.add(new ArrayList<>(part));
      }
    }
    return terms;
  }

  private static Map<String, Bounds> term(List<Token> term) {
    if (Clauses.enclosed(term)) {
      return either(term.subList(1, term.size() - 1));
    }
    for (int at = 1; at < term.size() - 1; at++) {
      Token operator = term.get(at);
      if (operator.kind() == Token.Kind.SYMBOL && "= < <= > >= <> !=".contains(operator.text())) {
        String left = Clauses.column(term.subList(0, at));
        String right = Clauses.column(term.subList(at + 1, term.size()));
        if (left.isEmpty() == right.isEmpty()) {
          return Map.of();
        }
        return left.isEmpty()
            ? confined(right, compared(operator, true))
            : confined(left, compared(operator, false));
      }
      if (operator.is("BETWEEN")) {
        return confined(Clauses.column(term.subList(0, at)), Bounds.RANGE);
      }
      if (operator.is("IN")) {
        boolean single = Clauses.listSize(term, at + 1) == 1;
        return confined(Clauses.column(term.subList(0, at)), single ? Bounds.EQUAL : Bounds.RANGE);
      }
      if (operator.isSymbol("(")) {
        at = Clauses.closing(term, at);
      }
    }
    return Map.of();
  }

  private static Bounds compared(Token operator, boolean valueFirst) {
    return switch (operator.text()) {
      case "=" -> Bounds.EQUAL;
      case "<", "<=" -> valueFirst ? Bounds.LOWER : Bounds.UPPER;
      case ">", ">=" -> valueFirst ? Bounds.UPPER : Bounds.LOWER;
      default -> NONE;
    };
  }

  private static Map<String, Bounds> confined(String column, Bounds bounds) {
    return column.isEmpty() || !bounds.confines()
        ? Map.of()
        : Map.of(column.toLowerCase(Locale.ROOT), bounds);
  }
}
