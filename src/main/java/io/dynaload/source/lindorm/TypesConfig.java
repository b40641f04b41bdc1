package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How values become attributes, where there is a choice.
 *
 * @param jsonColumns those that become documents whatever {@code json} says
 * @param dates by column; ISO-8601 for the others
 */
record TypesConfig(
    JsonForm json, List<String> jsonColumns, NullForm nulls, Map<String, DateForm> dates)
    implements Serializable {

  /** What JSON becomes; the names stand in the file. */
  enum JsonForm {
    TEXT,
    DOCUMENT
  }

  /** What becomes of NULL; the names stand in the file. */
  enum NullForm {
    LEAVE_OUT,
    NULL
  }

  static final TypesConfig DEFAULTS =
      new TypesConfig(JsonForm.TEXT, List.of(), NullForm.LEAVE_OUT, Map.of());

  static final Key<JsonForm> JSON =
      Key.choice("json", JsonForm.class)
          .defaultsTo(JsonForm.TEXT)
          .describedAs(
              "What columns of type JSON become: their text (S), or a document (M, L and what is in"
                  + " them).");
  static final Key<List<String>> JSON_COLUMNS =
      Key.texts("json-columns")
          .defaultsTo(List.of())
          .describedAs(
              "Columns that hold JSON and become documents whatever json says; of type JSON or"
                  + " text.");
  static final Key<NullForm> NULLS =
      Key.choice("nulls", NullForm.class)
          .defaultsTo(NullForm.LEAVE_OUT)
          .describedAs(
              "Whether NULL is left out of the item or becomes an attribute of type NULL.");
  static final Key<Map<String, String>> DATES =
      Key.textMap("dates")
          .defaultsTo(Map.of())
          .example("{event_time: epoch-ms}")
          .describedAs(
              "Form of single DATE, TIME and TIMESTAMP columns: iso-8601 (S), which the others"
                  + " have, or epoch-ms or epoch-s (N).");
  static final Keys KEYS = Keys.of(JSON, JSON_COLUMNS, NULLS, DATES);

  TypesConfig {
    jsonColumns = List.copyOf(jsonColumns);
    dates = Map.copyOf(dates);
  }

  static TypesConfig of(Section section) {
    Map<String, DateForm> dates = new LinkedHashMap<>();
    section
        .get(DATES)
        .forEach(
            (column, text) ->
                dates.put(
                    column,
                    DateForm.ofName(text)
                        .orElseThrow(
                            () ->
                                section.problem(
                                    DATES,
                                    column + " is " + text + ", which is no form of dates",
                                    "Write iso-8601, epoch-ms or epoch-s."))));
    return new TypesConfig(
        section.get(JSON),
        LindormConfig.distinct(section, JSON_COLUMNS),
        section.get(NULLS),
        dates);
  }

  /** The same with all documents named. */
  TypesConfig withDocuments(List<String> columns) {
    return new TypesConfig(json, columns, nulls, dates);
  }

  /** What a column of this type becomes. */
  AttributeForm form(String column, ColumnType type) {
    boolean document =
        jsonColumns.contains(column) || (type == ColumnType.JSON && json == JsonForm.DOCUMENT);
    return new AttributeForm(
        document, dates.getOrDefault(column, DateForm.ISO_8601), nulls == NullForm.NULL);
  }
}
