package io.dynaload.emr;

import java.util.List;
import java.util.stream.Collectors;

/** What YARN and Flink say of an application that failed, without stack traces. */
public final class Diagnostics {
  private static final int MOST_LINES = 6;
  private static final int MOST_CHARACTERS = 1000;

  private Diagnostics() {}

  /** The lines that say something, as far as they fit. */
  public static String brief(String text) {
    List<String> lines =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .filter(line -> !line.startsWith("at ") && !line.startsWith("... "))
            .limit(MOST_LINES)
            .collect(Collectors.toList());
    String brief = String.join("\n", lines);
    return brief.length() > MOST_CHARACTERS ? brief.substring(0, MOST_CHARACTERS) + "…" : brief;
  }
}
