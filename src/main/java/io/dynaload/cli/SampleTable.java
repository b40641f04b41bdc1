package io.dynaload.cli;

import io.dynaload.item.Item;
import io.dynaload.item.ItemView;
import io.dynaload.pipeline.Sample;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One item before and after a transform, as text: a line for each attribute, in DynamoDB JSON, a
 * column for each item. What does not fit is cut.
 */
final class SampleTable {
  private static final int WIDEST_NAME = 30;
  private static final int NARROWEST_COLUMN = 12;
  private static final int MOST_AFTER = 3;

  private final int width;

  /**
   * @param width of a line, in columns
   */
  SampleTable(int width) {
    this.width = width;
  }

  String of(int number, Sample.Entry entry) {
    Item before = entry.before();
    String head = "item " + number + ", " + before.origin() + kind(before);
    if (before.isRejected()) {
      return head + ": cannot be read: " + before.rejection().reason() + "\n";
    }
    List<Item> after = entry.isRejected() ? List.of() : entry.after();
    StringBuilder text = new StringBuilder(head).append(what(entry)).append('\n');
    List<Item> shown = after.subList(0, Math.min(after.size(), MOST_AFTER));
    Set<String> names = new LinkedHashSet<>(new ItemView(before).names());
    shown.forEach(item -> names.addAll(new ItemView(item).names()));
    int name = Math.min(WIDEST_NAME, names.stream().mapToInt(String::length).max().orElse(1));
    int column = Math.max(NARROWEST_COLUMN, (width - name - 2) / (1 + shown.size()) - 2);
    for (String each : names) {
      StringBuilder line = new StringBuilder("  ").append(fitted(each, name));
      line.append("  ").append(fitted(value(before, each), column));
      for (Item item : shown) {
        line.append("  ").append(fitted(value(item, each), column));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String kind(Item item) {
    return item.kind() == Item.Kind.DELETE ? ", a delete" : "";
  }

  private static String what(Sample.Entry entry) {
    if (entry.isRejected()) {
      var rejection = entry.after().get(0).rejection();
      return ": would be rejected: " + rejection.code() + ", " + rejection.reason();
    }
    int after = entry.after().size();
    if (after == 0) {
      return ": is left out";
    }
    return after == 1
        ? ""
        : ": becomes " + after + (after > MOST_AFTER ? ", of which these are the first" : "");
  }

  private static String value(Item item, String name) {
    Optional<byte[]> json = new ItemView(item).json(name);
    return json.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("-");
  }

  /** Cut or filled up to a number of characters; a control character would break the line. */
  private static String fitted(String text, int columns) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > columns
        ? plain.substring(0, columns - 1) + "…"
        : plain + " ".repeat(columns - plain.length());
  }
}
