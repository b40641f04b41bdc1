package io.dynaload.config;

import java.util.List;
import java.util.Locale;

/** Finds the name that was probably meant. */
final class Nearest {
  private static final int MAX_LENGTH = 60;

  private Nearest() {}

  /** "; did you mean "x"?", or nothing where no name is near. */
  static String hint(String given, List<String> known) {
    if (given.length() > MAX_LENGTH) {
      return "";
    }
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

  /** The least number of letters to insert, delete, replace or swap with the next. */
  private static int distance(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(least[i - 1][j], least[i][j - 1]) + 1;
        best = Math.min(best, least[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, least[i - 2][j - 2] + 1);
        }
        least[i][j] = best;
      }
    }
    return least[a.length()][b.length()];
  }
}
