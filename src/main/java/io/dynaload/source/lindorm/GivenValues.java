package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the values that a file lists of the first key column. Their type is that of the column, so
 * what is wrong with them is known only once the table was asked. Every failure is an
 * ImportException (CONFIGURATION) that names the value's place in its list, counted from 0.
 */
final class GivenValues {
  private GivenValues() {}

  /** The boundaries, each greater than the one before; but see {@link #check}. */
  static List<KeyValue> boundaries(LindormConfig config, KeyColumn column) {
    List<String> texts = config.splits().boundaries();
    List<KeyValue> values = parse("boundaries", texts, column, zone(config));
    if (!isSortedByServer(config, column)) {
      checkAscending(
          texts, column, (a, b) -> KeyOrder.INSTANCE.compare(values.get(a), values.get(b)));
    }
    return values;
  }

  /** The key-values, each once; but see {@link #check}. */
  static List<KeyValue> keyValues(LindormConfig config, KeyColumn column) {
    List<String> texts = config.splits().keyValues();
    List<KeyValue> values = parse("key-values", texts, column, zone(config));
    if (!isSortedByServer(config, column)) {
      checkDistinct(texts, (a, b) -> KeyOrder.INSTANCE.compare(values.get(a), values.get(b)));
    }
    return values;
  }

  private static ZoneId zone(LindormConfig config) {
    return config.filter().range().encoding().zone();
  }

  /** Whether it need not be by code points: two texts can be one and the same to MySQL. */
  private static boolean isSortedByServer(LindormConfig config, KeyColumn column) {
    return column.type() == ColumnType.TEXT
        && config.access().url().protocol() == LindormUrl.Protocol.MYSQL;
  }

  /** Checks the values that only the server can compare. */
  static void check(LindormConnection connection, LindormConfig config, KeyColumn column)
      throws SQLException {
    SplitConfig splits = config.splits();
    if (!isSortedByServer(config, column)) {
      return;
    }
    if (!splits.boundaries().isEmpty()) {
      checkAscending(
          splits.boundaries(), column, order(connection, config, column, splits.boundaries()));
    }
    if (!splits.keyValues().isEmpty()) {
      checkDistinct(splits.keyValues(), order(connection, config, column, splits.keyValues()));
    }
  }

  /** Of places in the list. */
  private static Comparator<Integer> order(
      LindormConnection connection, LindormConfig config, KeyColumn column, List<String> texts)
      throws SQLException {
    MySqlTexts server = new MySqlTexts(connection.jdbc(), config.filter().table(), column.name());
    List<Integer> ranks = server.ranks(texts);
    return ranks.isEmpty()
        ? Comparator.comparing(i -> new KeyValue.Text(texts.get(i)), KeyOrder.INSTANCE)
        : Comparator.comparing(ranks::get);
  }

  private static void checkAscending(
      List<String> texts, KeyColumn column, Comparator<Integer> order) {
    for (int i = 1; i < texts.size(); i++) {
      if (order.compare(i - 1, i) >= 0) {
        throw wrong(
            "boundaries",
            i,
            texts.get(i) + " does not come after " + texts.get(i - 1),
            "List the boundaries in ascending order of "
                + column.name()
                + (column.descending() ? ", though the table stores it descending." : "."));
      }
    }
  }

  private static void checkDistinct(List<String> texts, Comparator<Integer> order) {
    TreeMap<Integer, Integer> places = new TreeMap<>(order);
    for (int i = 0; i < texts.size(); i++) {
      Integer before = places.putIfAbsent(i, i);
      if (before != null) {
        throw wrong(
            "key-values",
            i,
            texts.get(i) + " is the same as " + texts.get(before) + ", which stands at " + before,
            "List each value once, or its rows would be read twice.");
      }
    }
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
