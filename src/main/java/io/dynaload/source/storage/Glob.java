package io.dynaload.source.storage;

import java.util.regex.Pattern;

/**
 * A pattern of paths: {@code *} stands for any characters but a slash, {@code **} for any, {@code
 * ?} for one but a slash, <code>{a,b}</code> for either, also within one another. All else stands
 * for itself.
 */
final class Glob {
  private final String text;
  private final Pattern pattern;

  Glob(String text) {
    this.text = text;
    this.pattern = Pattern.compile(regex(text), Pattern.DOTALL);
  }

  static boolean isGlob(String text) {
    return firstSpecial(text) < text.length();
  }

  /** What every match begins with. */
  String prefix() {
    return text.substring(0, firstSpecial(text));
  }

  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  private static int firstSpecial(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' || c == '?' || (c == '{' && closingBrace(text, i) > 0)) {
        return i;
      }
    }
    return text.length();
  }

  private static String regex(String text) {
    StringBuilder regex = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (text.startsWith("**/", i) && (i == 0 || text.charAt(i - 1) == '/')) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (text.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '{' && closingBrace(text, i) > 0) {
        regex.append("(?:");
        depth++;
      } else if (c == '}' && depth > 0) {
        regex.append(')');
        depth--;
      } else if (c == ',' && depth > 0) {
        regex.append('|');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  /** Of the brace that opens at an index; -1 if none closes it. */
  private static int closingBrace(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        depth++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
