package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the values that a file lists of the first key column. Their type is that of the column, so
 * what is wrong with them is known only once the table was asked. Every failure is an
 * ImportException (CONFIGURATION) that names the value's place in its list, counted from 0.
 */
final class GivenValues {
  private GivenValues() {}

  /** The boundaries, each greater than the one before. */
  static List<KeyValue> ascending(List<String> texts, KeyColumn column, ZoneId zone) {
    List<KeyValue> values = parse("boundaries", texts, column, zone);
    for (int i = 1; i < values.size(); i++) {
      if (KeyOrder.INSTANCE.compare(values.get(i - 1), values.get(i)) >= 0) {
        throw wrong(
            "boundaries",
            i,
            texts.get(i) + " does not come after " + texts.get(i - 1),
            "List the boundaries in ascending order of "
                + column.name()
                + (column.descending() ? ", though the table stores it descending." : "."));
      }
    }
    return values;
  }

  /** The key-values, each once. */
  static List<KeyValue> distinct(List<String> texts, KeyColumn column, ZoneId zone) {
    List<KeyValue> values = parse("key-values", texts, column, zone);
    TreeMap<KeyValue, Integer> places = new TreeMap<>(KeyOrder.INSTANCE);
    for (int i = 0; i < values.size(); i++) {
      Integer before = places.put(values.get(i), i);
      if (before != null) {
        throw wrong(
            "key-values",
            i,
            texts.get(i) + " stands at " + before + " already",
            "List each value once, or its rows would be read twice.");
      }
    }
    return values;
  }

  private static List<KeyValue> parse(
      String setting, List<String> texts, KeyColumn column, ZoneId zone) {
    List<KeyValue> values = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        values.add(KeyValueText.parse(column.type(), texts.get(i), zone));
      } catch (IllegalArgumentException e) {
        throw wrong(
            setting,
            i,
            texts.get(i) + " " + e.getMessage(),
            "Give values of the first key column " + column.name() + ", " + column.type() + ".");
      }
    }
    return List.copyOf(values);
  }

  private static ImportException wrong(String setting, int index, String problem, String remedy) {
    return new ImportException(
        ErrorCode.CONFIGURATION, setting + "." + index + ": " + problem, remedy);
  }
}
