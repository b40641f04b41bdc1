package io.dynaload.local.lindormserver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Cuts sequences of tokens apart, with regard to parentheses, and puts them together. */
final class Clauses {
  private Clauses() {}

  /** The parts between the separators that stand outside of parentheses; at least one part. */
  static List<List<Token>> split(List<Token> tokens, Predicate<Token> separator) {
    List<List<Token>> parts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (token.isSymbol("(")) {
        at = closing(tokens, at);
      } else if (separator.test(token)) {
        parts.add(tokens.subList(start, at));
        start = at + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }

  /**
   * The position of the parenthesis that closes the one at {@code open}; the last token if none.
   */
  static int closing(List<Token> tokens, int open) {
    int depth = 0;
    for (int at = open; at < tokens.size(); at++) {
      if (tokens.get(at).isSymbol("(")) {
        depth++;
      } else if (tokens.get(at).isSymbol(")") && --depth == 0) {
        return at;
      }
    }
    return tokens.size() - 1;
  }

  /** Whether one pair of parentheses holds all of it. */
  static boolean enclosed(List<Token> tokens) {
    return tokens.size() > 2
        && tokens.get(0).isSymbol("(")
        && closing(tokens, 0) == tokens.size() - 1;
  }

  /** How many elements stand in the list that opens at {@code open}; 0 if none opens there. */
  static int listSize(List<Token> tokens, int open) {
    if (open >= tokens.size() || !tokens.get(open).isSymbol("(")) {
      return 0;
    }
    List<Token> list = tokens.subList(open + 1, closing(tokens, open));
    return split(list, token -> token.isSymbol(",")).size();
  }

  /** The column's name if the tokens are a column, qualified or not; otherwise empty. */
  static String column(List<Token> tokens) {
    if (tokens.size() == 1 && tokens.get(0).isName() && !isLiteral(tokens.get(0))) {
      return tokens.get(0).text();
    }
    boolean qualified = tokens.size() == 3 && tokens.get(1).isSymbol(".") && tokens.get(2).isName();
    return qualified ? tokens.get(2).text() : "";
  }

  /** The tokens as SQL; {@code values} gets the values of its parameters, in their order. */
  static String sql(
      List<Token> tokens, List<@Nullable Object> parameters, List<@Nullable Object> values) {
    StringBuilder sql = new StringBuilder();
    boolean apart = false;
    for (Token token : tokens) {
      boolean dot = token.isSymbol(".");
      sql.append(apart && !dot ? " " : "");
      apart = !dot;
      switch (token.kind()) {
        case WORD, TEXT, SYMBOL -> sql.append(token.text());
        case QUOTED_NAME -> sql.append('"').append(token.text()).append('"');
        case PARAMETER -> {
          sql.append('?');
          values.add(parameters.get(Integer.parseInt(token.text())));
        }
        case HINT -> {}
      }
    }
    return sql.toString();
  }

  private static boolean isLiteral(Token token) {
    return token.is("TRUE") || token.is("FALSE") || token.is("NULL");
  }
}
