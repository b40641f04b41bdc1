package io.dynaload.source.scan;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Into how many segments each table is cut.
 *
 * @param total 0 to decide by the table's size
 * @param only those that are read, ascending; empty for all
 */
record SegmentsConfig(int total, List<Integer> only) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** API reference, Scan: TotalSegments. */
  static final int MOST = 1_000_000;

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})(?:-([0-9]{1,6}))?");

  static final Key<Integer> SEGMENTS =
      Key.integer("segments")
          .between(1, MOST)
          .describedAs(
              "Into how many segments each table is cut, for the readers to share. Left out: by the"
                  + " table's size, and far more than there are readers.");

  static final Key<Integer> TOTAL_SEGMENTS =
      Key.integer("total-segments")
          .between(1, MOST)
          .describedAs("With only-segments: how many there are in all jobs together.");

  static final Key<List<String>> ONLY_SEGMENTS =
      Key.texts("only-segments")
          .example("[0, 1, 10-19]")
          .describedAs(
              "Reads these segments alone, counted from 0, of total-segments: to split a copy over"
                  + " several jobs.");

  static final Keys KEYS = Keys.of(SEGMENTS, ONLY_SEGMENTS, TOTAL_SEGMENTS);

  /** All of each table, in as many segments as its size asks for. */
  static final SegmentsConfig AUTO = new SegmentsConfig(0, List.of());

  SegmentsConfig {
    only = List.copyOf(only);
  }

  static SegmentsConfig of(Section section) {
    if (section.has(ONLY_SEGMENTS) != section.has(TOTAL_SEGMENTS)) {
      throw section.problem(
          section.has(ONLY_SEGMENTS) ? ONLY_SEGMENTS : TOTAL_SEGMENTS,
          section.has(ONLY_SEGMENTS) ? "needs total-segments" : "needs only-segments",
          "Give both, the same total-segments in each job, or neither.");
    }
    if (!section.has(ONLY_SEGMENTS)) {
      return new SegmentsConfig(section.find(SEGMENTS).orElse(0), List.of());
    }
    if (section.has(SEGMENTS)) {
      throw section.problem(
          SEGMENTS, "stands beside total-segments", "Leave segments out: total-segments says it.");
    }
    int total = section.get(TOTAL_SEGMENTS);
    TreeSet<Integer> only = new TreeSet<>();
    for (String part : section.get(ONLY_SEGMENTS)) {
      List<Integer> numbers = numbers(part, total);
      if (numbers == null) {
        throw section.problem(
            ONLY_SEGMENTS,
            "\"" + part + "\" is neither a segment nor a range of them, from 0 to " + (total - 1),
            "Write numbers and ranges, such as [0, 1, 10-19].");
      }
      only.addAll(numbers);
    }
    if (only.isEmpty()) {
      throw section.problem(ONLY_SEGMENTS, "names no segment", "Name at least one.");
    }
    return new SegmentsConfig(total, List.copyOf(only));
  }

  private static @Nullable List<Integer> numbers(String part, int total) {
    Matcher range = RANGE.matcher(part.strip());
    if (!range.matches()) {
      return null;
    }
    int from = Integer.parseInt(range.group(1));
    int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
    if (from > to || to >= total) {
      return null;
    }
    List<Integer> numbers = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      numbers.add(number);
    }
    return numbers;
  }

  @Override
  public String toString() {
    return (only.isEmpty() ? "" : only + " of ") + (total == 0 ? "auto" : total) + " segments";
  }
}
