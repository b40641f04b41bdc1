package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Reads random tables through planner and cursor, with a sorted list for a server, and compares
 * with the rows that a plain filter finds. A row is its key, as numbers; the timestamp is in it or
 * beside it.
 */
class PagingModelTest {
  private static final int TABLES = 250;
  private static final long FIRST = LindormTables.FROM.toEpochMilli();

  /**
   * A table in memory.
   *
   * @param timestamp index of the timestamp among the values of a row
   * @param rows sorted by key; values beyond the key may follow
   */
  private record Model(List<KeyColumn> key, int timestamp, List<List<Long>> rows) {

    static Model random(Random random) {
      int columns = 1 + random.nextInt(4);
      boolean timestampFirst = random.nextBoolean();
      int timestamp = timestampFirst ? 0 : 1 + random.nextInt(columns);
      List<KeyColumn> key = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        ColumnType type = i == timestamp ? ColumnType.TIMESTAMP : ColumnType.BIGINT;
        key.add(new KeyColumn(i == timestamp ? "ts" : "k" + i, type, random.nextInt(4) == 0));
      }
      Model model = new Model(List.copyOf(key), timestamp, new ArrayList<>());
      TreeSet<List<Long>> rows = new TreeSet<>(model.order());
      int size = random.nextInt(5) == 0 ? random.nextInt(2) : random.nextInt(60);
      // Few values a column, so that prefixes repeat.
      int values = 1 + random.nextInt(6);
      for (int i = 0; i < size; i++) {
        rows.add(
            IntStream.range(0, Math.max(columns, timestamp + 1))
                .mapToObj(c -> (c == timestamp ? FIRST - 3 : -2) + random.nextInt(values * 3))
                .toList());
      }
      model.rows.addAll(rows);
      return model;
    }

    Comparator<List<Long>> order() {
      Comparator<List<Long>> order = (a, b) -> 0;
      for (int i = 0; i < key.size(); i++) {
        int column = i;
        Comparator<List<Long>> next = Comparator.comparing(row -> row.get(column));
        order = order.thenComparing(key.get(i).descending() ? next.reversed() : next);
      }
      return order;
    }

    private int index(String column) {
      return column.equals("ts") ? timestamp : Integer.parseInt(column.substring(1));
    }

    /** What the server does. */
    List<List<Long>> answer(PageQuery query) {
      List<String> order = query.order().stream().map(KeyColumn::name).toList();
      List<String> names = key.stream().map(KeyColumn::name).toList();
      assertThat(order).isEqualTo(names.subList(names.size() - order.size(), names.size()));
      return rows.stream()
          .filter(row -> query.conditions().stream().allMatch(c -> holds(c, row)))
          .limit(query.limit())
          .toList();
    }

    private boolean holds(Condition condition, List<Long> row) {
      int compared = Long.compare(row.get(index(condition.column())), number(condition.value()));
      return switch (condition.operator()) {
        case EQUAL -> compared == 0;
        case GREATER -> compared > 0;
        case AT_LEAST -> compared >= 0;
        case LESS -> compared < 0;
        case AT_MOST -> compared <= 0;
      };
    }

    private static long number(KeyValue value) {
      return value instanceof KeyValue.Integral integral
          ? integral.value()
          : ((KeyValue.Timestamp) value).value().toEpochMilli();
    }

    List<KeyValue> keyOf(List<Long> row) {
      return IntStream.range(0, key.size()).mapToObj(i -> value(i, row.get(i))).toList();
    }

    private KeyValue value(int column, long number) {
      return column == timestamp
          ? new KeyValue.Timestamp(Instant.ofEpochMilli(number))
          : new KeyValue.Integral(number);
    }

    Optional<KeyEnds.Ends> ends() {
      return rows.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new KeyEnds.Ends(
                  value(0, rows.stream().mapToLong(row -> row.get(0)).min().orElseThrow()),
                  value(0, rows.stream().mapToLong(row -> row.get(0)).max().orElseThrow())));
    }
  }

  private static LindormConfig config(Random random, Model model) {
    int n = model.rows().size();
    int[] sizes = {1, 2, 7, Math.max(1, n - 1), Math.max(1, n), n + 1};
    LindormConfig config =
        LindormTables.withPages(
            LindormTables.config(), 1 + random.nextInt(5), sizes[random.nextInt(sizes.length)]);
    return LindormTables.withRange(
        config, LindormTables.FROM, LindormTables.FROM.plusMillis(1 + random.nextInt(12)));
  }

  private static List<List<Long>> inRange(Model model, TimestampRange range) {
    return model.rows().stream()
        .filter(row -> row.get(model.timestamp()) >= range.from().toEpochMilli())
        .filter(row -> row.get(model.timestamp()) < range.to().toEpochMilli())
        .toList();
  }

  private static List<List<Long>> read(Model model, LindormConfig config, LindormSplit split) {
    KeysetCursor cursor = new KeysetCursor(Selection.of(config, List.of(), split.key()), split);
    List<List<Long>> read = new ArrayList<>();
    for (Optional<PageQuery> query = cursor.query(); query.isPresent(); query = cursor.query()) {
      List<List<Long>> page = model.answer(query.get());
      if (page.isEmpty()) {
        cursor.exhausted();
      } else {
        read.addAll(page);
        cursor.reached(model.keyOf(page.get(page.size() - 1)));
      }
    }
    return read;
  }

  @Test
  void everyRowOfTheRangeIsReadOnceWhereverReadingGoesOn() throws Exception {
    for (int seed = 0; seed < TABLES; seed++) {
      Random random = new Random(seed);
      Model model = Model.random(random);
      LindormConfig config = config(random, model);
      List<LindormSplit> splits =
          new SplitPlanner(config, column -> model.ends()).plan(model.key(), 2);

      List<List<Long>> all = new ArrayList<>();
      for (LindormSplit split : splits) {
        List<List<Long>> rows = read(model, config, split);
        all.addAll(rows);
        for (int i = 0; i < rows.size(); i++) {
          LindormSplit resumed = split.at(model.keyOf(rows.get(i)), i + 1L);
          assertThat(read(model, config, resumed))
              .as("seed %s, %s from row %s", seed, split.splitId(), i)
              .isEqualTo(rows.subList(i + 1, rows.size()));
        }
      }
      assertThat(all)
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(inRange(model, config.filter().range()));
    }
  }
}
