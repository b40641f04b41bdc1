package io.dynaload.local.lindormserver;

import java.util.ArrayList;
import java.util.List;

/**
 * One lexical element of a statement: a word, a name in quotes, a text, a symbol, a parameter or a
 * hint.
 */
record Token(Kind kind, String text) {

  enum Kind {
    /** A keyword, a name or a number, as written. */
    WORD,
    /** A name in double quotes or backticks, without them. */
    QUOTED_NAME,
    /** A text in single quotes, with them. */
    TEXT,
    /** An operator, a parenthesis or a comma. */
    SYMBOL,
    /** A question mark; the text is its position among the statement's parameters, from 0. */
    PARAMETER,
    /** What stands between the marks of a hint. */
    HINT
  }

  private static final List<String> LONG_SYMBOLS = List.of("<=", ">=", "<>", "!=", "||");

  /** Whether this is the keyword, in any case. */
  boolean is(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName() {
    return kind == Kind.QUOTED_NAME || (kind == Kind.WORD && !Character.isDigit(text.charAt(0)));
  }

  /** The statement's tokens without comments; a final semicolon is dropped. */
  static List<Token> split(String sql) {
    List<Token> tokens = new ArrayList<>();
    int parameters = 0;
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end;
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      } else if (sql.startsWith("--", at)) {
        end = endOf(sql, "\n", at);
      } else if (sql.startsWith("/*", at)) {
        end = endOf(sql, "*/", at + 2);
        if (sql.startsWith("/*+", at)) {
          tokens.add(new Token(Kind.HINT, sql.substring(at + 3, Math.max(at + 3, end - 2))));
        }
      } else if (c == '\'') {
        end = endOfQuoted(sql, at);
        tokens.add(new Token(Kind.TEXT, sql.substring(at, end)));
      } else if (c == '"' || c == '`') {
        end = endOfQuoted(sql, at);
        tokens.add(new Token(Kind.QUOTED_NAME, sql.substring(at + 1, Math.max(at + 1, end - 1))));
      } else if (c == '?') {
        end = at + 1;
        tokens.add(new Token(Kind.PARAMETER, Integer.toString(parameters++)));
      } else if (isWordPart(c)) {
        end = at + 1;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
          end++;
        }
        tokens.add(new Token(Kind.WORD, sql.substring(at, end)));
      } else {
        int start = at;
        end = at + (LONG_SYMBOLS.stream().anyMatch(s -> sql.startsWith(s, start)) ? 2 : 1);
        if (c != ';') {
          tokens.add(new Token(Kind.SYMBOL, sql.substring(at, end)));
        }
      }
      at = end;
    }
    return tokens;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '@';
  }

  private static int endOf(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }

  /** Past the closing quote; a doubled quote stands for itself. */
  private static int endOfQuoted(String sql, int from) {
    char quote = sql.charAt(from);
    int at = from + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) == quote) {
        if (at + 1 == sql.length() || sql.charAt(at + 1) != quote) {
          return at + 1;
        }
        at++;
      }
      at++;
    }
    return sql.length();
  }
}
