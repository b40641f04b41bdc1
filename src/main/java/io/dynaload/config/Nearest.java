package io.dynaload.config;

import java.util.List;
import java.util.Locale;

/** Finds the name that was probably meant. */
final class Nearest {
  private Nearest() {}

  /** "; did you mean "x"?", or nothing where no name is near. */
  static String hint(String given, List<String> known) {
    String best = "";
    int least = 1 + Math.max(1, given.length() / 3);
    for (String name : known) {
      int distance = distance(bare(given), bare(name));
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
  }

  /** pageSize, page_size and page-size are the same. */
  private static String bare(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** The least number of letters to insert, delete or replace (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
