package io.dynaload.source.file;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.format.CsvOptions;
import io.dynaload.source.format.CsvOptions.Dialect;
import io.dynaload.source.format.CsvOptions.Type;
import io.dynaload.source.format.Formats;
import io.dynaload.source.format.RecordFormat;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How CSV is laid out.
 *
 * @param multiLine whether quoted values may hold line ends
 */
record CsvConfig(
    List<String> columns,
    Dialect dialect,
    String nullText,
    Map<String, Type> types,
    boolean multiLine)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Key<Boolean> HEADER =
      Key.flag("header")
          .describedAs(
              "Of CSV: whether the first row of each file has the columns' names. Left out: it has,"
                  + " unless columns names them.");

  static final Key<List<String>> COLUMNS =
      Key.texts("columns")
          .defaultsTo(List.of())
          .example("[id, name, price]")
          .describedAs("Of CSV: the columns' names in order, of files without a header.");

  static final Key<Character> DELIMITER =
      Key.parsed("delimiter", "a character", "';'", CsvConfig::character)
          .defaultsTo(',')
          .describedAs("Of CSV: what stands between values; an ASCII character, or `tab`.");

  static final Key<Character> QUOTE =
      Key.parsed("quote", "a character", "\"'\"", CsvConfig::character)
          .defaultsTo('"')
          .describedAs(
              "Of CSV: what stands around values that hold delimiters or line ends; within, two"
                  + " stand for one. An ASCII character.");

  static final Key<String> NULL_TEXT =
      Key.text("null-text")
          .defaultsTo("")
          .example("\\N")
          .describedAs(
              "Of CSV: a value that is just this text, without quotes, is left out of the item.");

  static final Key<Map<String, String>> TYPES =
      Key.textMap("types")
          .defaultsTo(Map.of())
          .example("{price: N, active: BOOL, tags: JSON}")
          .describedAs(
              "Of CSV: what columns become: S, N, B (of Base64), BOOL, or JSON, whose objects and"
                  + " arrays become M and L. The others are S.");

  static final Key<Boolean> MULTI_LINE =
      Key.flag("multi-line")
          .defaultsTo(true)
          .describedAs(
              "Of CSV: whether quoted values may hold line ends. If not, a quote that is never closed"
                  + " spoils its line alone.");

  static final Keys KEYS = Keys.of(HEADER, COLUMNS, DELIMITER, QUOTE, NULL_TEXT, TYPES, MULTI_LINE);

  CsvConfig {
    columns = List.copyOf(columns);
    types = Map.copyOf(types);
  }

  static CsvConfig of(Section section) {
    List<String> columns = section.get(COLUMNS);
    boolean header = section.find(HEADER).orElse(columns.isEmpty());
    if (header && !columns.isEmpty()) {
      throw section.problem(
          COLUMNS, "the header names the columns already", "Leave out header or columns.");
    }
    if (!header && columns.isEmpty()) {
      throw section.problem(
          HEADER, "nothing names the columns", "Name them with columns: [id, name].");
    }
    return new CsvConfig(
        columns, dialect(section), section.get(NULL_TEXT), types(section), section.get(MULTI_LINE));
  }

  private static Dialect dialect(Section section) {
    try {
      return new Dialect(section.get(DELIMITER), section.get(QUOTE));
    } catch (IllegalArgumentException e) {
      throw section.problem(
          DELIMITER, String.valueOf(e.getMessage()), "Choose others, such as ; and \".");
    }
  }

  private static Map<String, Type> types(Section section) {
    Map<String, Type> types = new LinkedHashMap<>();
    section
        .get(TYPES)
        .forEach(
            (column, name) ->
                types.put(
                    column,
                    Arrays.stream(Type.values())
                        .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(
                            () ->
                                section.problem(
                                    TYPES,
                                    column + " is " + name + ", which is no type of CSV's values",
                                    "Write S, N, B, BOOL or JSON."))));
    return types;
  }

  private static char character(String text) {
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) >= 0x80) {
      throw new IllegalArgumentException("is not one ASCII character, such as ;");
    }
    return text.charAt(0);
  }

  RecordFormat records() {
    return Formats.csv(new CsvOptions(columns, dialect, nullText, types, multiLine));
  }
}
