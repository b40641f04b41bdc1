package io.dynaload.config;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a text of the file may stand in a message. A url may hold a login: what stands before its
 * {@code @}, and the values of parameters that are named like one, become an ellipsis. Where it is
 * not clear how far such a value goes, more is masked rather than less.
 */
final class Masked {
  private static final Pattern USER_INFO = Pattern.compile("//(.*)@", Pattern.DOTALL);

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static final Pattern USER_INFO_OF_JDBC =
      Pattern.compile("jdbc:(?:[\\w+-]++:)++(?!//)([^;?&=@]*)@", Pattern.CASE_INSENSITIVE);

  /** A value may hold separators itself, so it ends only where another parameter begins. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:user|pass|pwd|secret|token|credential|signature|access.?key|api.?key)[\\w.-]*\\s*="
              + "(.*?)(?=[;&][\\w.%-]+=|$)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** What an escaped name says is not clear, {@code p%61ssword} for one. */
  private static final Pattern ESCAPED_PARAMETER =
      Pattern.compile("[;?&][^;?&=]*%[^;?&=]*=(.*?)(?=[;&][\\w.%-]+=|$)", Pattern.DOTALL);

  private Masked() {}

  static String text(String text) {
    BitSet masked = new BitSet(text.length());
    for (Pattern pattern : List.of(USER_INFO, USER_INFO_OF_JDBC, PARAMETER, ESCAPED_PARAMETER)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        masked.set(matcher.start(1), matcher.end(1));
      }
    }
    StringBuilder shown = new StringBuilder();
    for (int from = 0; from < text.length(); ) {
      int mask = masked.nextSetBit(from);
      if (mask < 0) {
        shown.append(text, from, text.length());
        break;
      }
      shown.append(text, from, mask).append('…');
      from = masked.nextClearBit(mask);
    }
    return shown.toString();
  }
}
