package io.dynaload.source.lindorm;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a pattern apart, and refuses one whose texts do not sort as time does. Used once. */
final class PatternParts {
  private static final Pattern PART =
      Pattern.compile("(?<letters>([A-Za-z])\\2*)|'([^']|'')*'|(?<other>.)", Pattern.DOTALL);
  private static final String FORMS =
      "; the range is compared as text at the server, so the parts must go from the year down, each"
          + " with all of its digits, such as yyyy-MM-dd HH:mm:ss or yyyyMMddHHmmssSSS";

  /** One step of each part, from the largest: its months, or its milliseconds. */
  private enum Step {
    YEAR("year", 12, 0),
    MONTH("month", 1, 0),
    DAY("day", 0, 86_400_000),
    HOUR("hour", 0, 3_600_000),
    MINUTE("minute", 0, 60_000),
    SECOND("second", 0, 1_000),
    FRACTION("fraction", 0, 1);

    private final String noun;
    private final int months;
    private final long millis;

    Step(String noun, int months, long millis) {
      this.noun = noun;
      this.months = months;
      this.millis = millis;
    }
  }

  private final String text;
  private int reached = -1;
  private long millis;
  private boolean offset;

  PatternParts(String text) {
    this.text = text;
  }

  TimestampPattern parse() {
    Matcher part = PART.matcher(text);
    while (part.find()) {
      String letters = part.group("letters");
      if (letters != null) {
        take(letters);
      } else if (part.group("other") != null && "[]{}#'".contains(part.group())) {
        throw refused("has a " + part.group() + ", so its texts have no fixed form");
      }
    }
    if (reached < 0) {
      throw refused("has no year");
    }
    Step last = Step.values()[reached];
    return new TimestampPattern(
        text, last.months, last == Step.FRACTION ? millis : last.millis, offset);
  }

  private void take(String letters) {
    if (offset) {
      throw refused("goes on behind the offset");
    }
    switch (letters) {
      case "yyyy", "uuuu" -> reach(Step.YEAR, letters);
      case "MM" -> reach(Step.MONTH, letters);
      case "dd" -> reach(Step.DAY, letters);
      case "DDD" -> {
        if (reached == Step.YEAR.ordinal()) {
          reached++;
        }
        reach(Step.DAY, letters);
      }
      case "HH" -> reach(Step.HOUR, letters);
      case "mm" -> reach(Step.MINUTE, letters);
      case "ss" -> reach(Step.SECOND, letters);
      case "X", "XX", "XXX", "x", "xx", "xxx", "Z" -> offset = true;
      default -> {
        if (letters.charAt(0) != 'S' || letters.length() > 9) {
          throw refused(unknown(letters));
        }
        reach(Step.FRACTION, letters);
        millis = List.of(100L, 10L, 1L).get(Math.min(letters.length(), 3) - 1);
      }
    }
  }

  private void reach(Step step, String letters) {
    if (step.ordinal() <= reached) {
      throw refused("does not sort as time does (" + letters + " stands too late)");
    }
    if (step.ordinal() > reached + 1) {
      throw refused(
          "does not sort as time does (no "
              + Step.values()[reached + 1].noun
              + " stands before "
              + letters
              + ")");
    }
    reached = step.ordinal();
  }

  private static String unknown(String letters) {
    return switch (letters.charAt(0)) {
      case 'y', 'u', 'M', 'd', 'H', 'm', 's', 'D' ->
          "does not sort as time does (" + letters + " is not written with all of its digits)";
      case 'h', 'K', 'k', 'a' -> "does not sort as time does (" + letters + "; HH is the hour)";
      default -> "does not sort as time does (" + letters + " is no part that does)";
    };
  }

  private static IllegalArgumentException refused(String problem) {
    return new IllegalArgumentException(problem + FORMS);
  }
}
