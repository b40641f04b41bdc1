package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A table in memory that answers pages as a server would. A row is the values of its key columns,
 * and the timestamp behind them where it is not one of them.
 *
 * @param key in storage order
 * @param timestamp index of the timestamp among the values of a row
 * @param rows sorted by key
 */
record ModelTable(List<KeyColumn> key, int timestamp, List<List<KeyValue>> rows) {
  /** In the order of their code points. */
  private static final List<String> TEXTS =
      List.of(
          "", " ", "0", "10", "9", "A", "AA", "Z", "a", "aa", "ab", "b", "m", "t", "z", "ä", "€",
          "😀");

  static ModelTable random(Random random, ColumnType first) {
    boolean timestampFirst = first == ColumnType.TIMESTAMP;
    int columns = 1 + random.nextInt(4);
    int timestamp = timestampFirst ? 0 : 1 + random.nextInt(columns);
    List<ColumnType> others = List.of(ColumnType.BIGINT, ColumnType.TEXT, ColumnType.DECIMAL);
    List<KeyColumn> key = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      ColumnType type = i == 0 ? first : others.get(random.nextInt(others.size()));
      key.add(
          new KeyColumn(
              i == timestamp ? "ts" : "k" + i,
              i == timestamp ? ColumnType.TIMESTAMP : type,
              random.nextInt(3) == 0));
    }
    ModelTable table = new ModelTable(List.copyOf(key), timestamp, new ArrayList<>());
    TreeSet<List<KeyValue>> rows = new TreeSet<>(table.order());
    int size = random.nextInt(5) == 0 ? random.nextInt(2) : random.nextInt(60);
    // Few values a column, so that prefixes repeat.
    int values = 3 * (1 + random.nextInt(6));
    for (int i = 0; i < size; i++) {
      rows.add(
          IntStream.range(0, Math.max(columns, timestamp + 1))
              .mapToObj(
                  c ->
                      value(
                          c == timestamp ? ColumnType.TIMESTAMP : key.get(c).type(),
                          random.nextInt(values)))
              .toList());
    }
    table.rows.addAll(rows);
    return table;
  }

  /** The n-th value of a type, in ascending order; n from 0 to 17. */
  static KeyValue value(ColumnType type, int n) {
    return switch (type) {
      case BIGINT -> new KeyValue.Integral(n - 2);
      case DECIMAL -> new KeyValue.Decimal(BigDecimal.valueOf(n - 2, 1));
      case TEXT -> new KeyValue.Text(TEXTS.get(n));
      case TIMESTAMP -> new KeyValue.Timestamp(LindormTables.FROM.plusMillis(n - 3));
      default -> throw new IllegalArgumentException(type.name());
    };
  }

  /** The n-th value as a file gives it. */
  static String text(ColumnType type, int n) {
    KeyValue value = value(type, n);
    if (value instanceof KeyValue.Integral integral) {
      return Long.toString(integral.value());
    } else if (value instanceof KeyValue.Decimal decimal) {
      return decimal.value().toPlainString();
    } else if (value instanceof KeyValue.Text text) {
      return "'" + text.value() + "'";
    }
    return "'" + ((KeyValue.Timestamp) value).value() + "'";
  }

  private Comparator<List<KeyValue>> order() {
    Comparator<List<KeyValue>> order = (a, b) -> 0;
    for (int i = 0; i < key.size(); i++) {
      int column = i;
      Comparator<List<KeyValue>> next =
          Comparator.comparing(row -> row.get(column), KeyOrder.INSTANCE);
      order = order.thenComparing(key.get(i).descending() ? next.reversed() : next);
    }
    return order;
  }

  /** What the server does: it may cut a page short, but never to nothing. */
  List<List<KeyValue>> answer(PageQuery query, Random random) {
    assertThat(query.order()).isEqualTo(key.subList(key.size() - query.order().size(), key.size()));
    return rows.stream()
        .filter(row -> query.conditions().stream().allMatch(c -> holds(c, row)))
        .limit(random.nextBoolean() ? query.limit() : 1 + random.nextInt(query.limit()))
        .toList();
  }

  private boolean holds(Condition condition, List<KeyValue> row) {
    String column = condition.column();
    int index = column.equals("ts") ? timestamp : Integer.parseInt(column.substring(1));
    int compared = KeyOrder.INSTANCE.compare(row.get(index), condition.value());
    return switch (condition.operator()) {
      case EQUAL -> compared == 0;
      case GREATER -> compared > 0;
      case AT_LEAST -> compared >= 0;
      case LESS -> compared < 0;
      case AT_MOST -> compared <= 0;
    };
  }

  List<KeyValue> keyOf(List<KeyValue> row) {
    return row.subList(0, key.size());
  }

  Instant timestampOf(List<KeyValue> row) {
    return ((KeyValue.Timestamp) row.get(timestamp)).value();
  }

  KeyEnds ends() {
    return column ->
        rows.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new KeyEnds.Ends(
                    rows.stream().map(row -> row.get(0)).min(KeyOrder.INSTANCE).orElseThrow(),
                    rows.stream().map(row -> row.get(0)).max(KeyOrder.INSTANCE).orElseThrow()));
  }
}
