package io.dynaload.config;

import java.util.ArrayList;
import java.util.List;

/** Writes the reference manual of the import file: a table of keys a section, as Markdown. */
public final class Manual {
  /**
   * One section of the manual.
   *
   * @param title the heading, in Markdown
   * @param introduction stands below the heading, in Markdown; may be empty
   */
  public record Chapter(String title, String introduction, Keys keys) {}

  private Manual() {}

  /** The chapters in their order, each line ended by a line feed. */
  public static String markdown(List<Chapter> chapters) {
    StringBuilder text = new StringBuilder();
    for (Chapter chapter : chapters) {
      text.append(text.isEmpty() ? "" : "\n").append("## ").append(chapter.title()).append("\n\n");
      if (!chapter.introduction().isEmpty()) {
        text.append(chapter.introduction()).append("\n\n");
      }
      text.append("| key | value | default | description |\n|---|---|---|---|\n");
      rows("", chapter.keys()).forEach(row -> text.append(row).append('\n'));
    }
    return text.toString();
  }

  private static List<String> rows(String prefix, Keys keys) {
    List<String> rows = new ArrayList<>();
    for (Key<?> key : keys.list()) {
      rows.add(row(prefix, key));
      if (key.type() instanceof CompositeTypes.SectionOf section) {
        rows.addAll(rows(prefix + key.name() + ".", section.keys()));
      } else if (key.type() instanceof CompositeTypes.ListOf<?> list
          && list.element() instanceof CompositeTypes.SectionOf section) {
        rows.addAll(rows(prefix + key.name() + "[].", section.keys()));
      }
    }
    return rows;
  }

  private static <T> String row(String prefix, Key<T> key) {
    String absent = key.isRequired() ? "**required**" : "";
    T value = key.defaultValue();
    String whenAbsent = value == null ? absent : code(key.type().show(value));
    return "| "
        + code(prefix + key.name())
        + " | "
        + cell(key.type().label() + bounds(key))
        + " | "
        + cell(whenAbsent)
        + " | "
        + cell(key.rules().description() + (key.isChangeable() ? " May change on resume." : ""))
        + " |";
  }

  private static <T> String bounds(Key<T> key) {
    T least = key.rules().least();
    T most = key.rules().most();
    if (least == null) {
      return "";
    }
    String from = key.type().show(least);
    return most == null ? ", at least " + from : ", " + from + " to " + key.type().show(most);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}
