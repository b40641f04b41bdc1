package io.dynaload.source.lindorm;

import java.util.regex.Pattern;

/**
 * Looks over SQL that a file gives, which is sent as it stands: finds what would change the
 * statement around it. It is no parser; what it lets pass, the server judges.
 */
final class SqlText {
  private static final Pattern ORDER =
      Pattern.compile("\\border\\s+by\\b", Pattern.CASE_INSENSITIVE);

  private final String sql;
  private final StringBuilder plain = new StringBuilder();
  private int at;

  private SqlText(String sql) {
    this.sql = sql;
  }

  /**
   * A condition that is put into parentheses.
   *
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  static String condition(String text) {
    String plain = new SqlText(text).plain(false);
    checkParentheses(plain);
    return text.strip();
  }

  /**
   * A whole SELECT.
   *
   * @throws IllegalArgumentException with the rest of a sentence that begins with the text
   */
  static String select(String text) {
    String plain = new SqlText(text).plain(true).strip();
    checkParentheses(plain);
    if (!plain.regionMatches(true, 0, "select", 0, 6)
        || (plain.length() > 6 && Character.isJavaIdentifierPart(plain.charAt(6)))) {
      throw new IllegalArgumentException("is not a SELECT");
    }
    return text.strip();
  }

  /**
   * Whether the rows of a SELECT have an order; that of a window or of a subquery is not theirs.
   */
  static boolean isOrdered(String select) {
    return ORDER.matcher(outermost(new SqlText(select).plain(true))).find();
  }

  private static String outermost(String plain) {
    StringBuilder outermost = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      depth -= c == ')' ? 1 : 0;
      if (depth == 0) {
        outermost.append(c);
      }
      depth += c == '(' ? 1 : 0;
    }
    return outermost.toString();
  }

  /** The text without what is quoted, and without comments if they may be there. */
  private String plain(boolean comments) {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'' || c == '"' || c == '`') {
        skipQuoted(c);
      } else if (c == ';') {
        throw new IllegalArgumentException("holds a semicolon; a single statement is sent");
      } else if (c == '?') {
        throw new IllegalArgumentException("holds a ?, which would be taken for a parameter");
      } else if (comments && sql.startsWith("/*", at)) {
        skipComment();
      } else if (c == '#' || sql.startsWith("--", at) || sql.startsWith("/*", at)) {
        throw new IllegalArgumentException(
            "holds a comment, which could hide what follows it; leave it out");
      } else {
        plain.append(c);
        at++;
      }
    }
    if (sql.isBlank()) {
      throw new IllegalArgumentException("is empty");
    }
    return plain.toString();
  }

  /** A doubled quote stands for itself; a backslash before one does at some servers only. */
  private void skipQuoted(char quote) {
    int start = at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == quote) {
        plain.append(" '' ");
        return;
      }
      if (c == '\\' && at < sql.length() && sql.charAt(at) == quote) {
        throw new IllegalArgumentException(
            "has a backslash before a quote, which servers read differently; double a quote to"
                + " write it: "
                + quote
                + quote);
      }
    }
    throw new IllegalArgumentException(
        "has a quote that is not closed: " + sql.charAt(start) + " at character " + (start + 1));
  }

  private void skipComment() {
    int end = sql.indexOf("*/", at + 2);
    if (end < 0) {
      throw new IllegalArgumentException("has a comment that is not closed");
    }
    plain.append(' ');
    at = end + 2;
  }

  private static void checkParentheses(String plain) {
    int depth = 0;
    for (int i = 0; i < plain.length() && depth >= 0; i++) {
      depth += plain.charAt(i) == '(' ? 1 : plain.charAt(i) == ')' ? -1 : 0;
    }
    if (depth != 0) {
      throw new IllegalArgumentException("has parentheses that do not match");
    }
  }
}
