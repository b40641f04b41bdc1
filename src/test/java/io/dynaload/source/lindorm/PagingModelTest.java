package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Reads random tables of every layout through planner and cursor, with a sorted list for a server,
 * and compares with the rows that a plain filter finds.
 */
class PagingModelTest {
  private static final int TABLES = 600;
  private static final int VALUES = 18;

  /** How a table is cut, and the type of its first key column. */
  private enum Layout {
    TIMESTAMP(ColumnType.TIMESTAMP),
    TIMESTAMP_AT_BOUNDARIES(ColumnType.TIMESTAMP),
    NUMBER(ColumnType.BIGINT),
    DECIMAL(ColumnType.DECIMAL),
    NUMBER_AT_BOUNDARIES(ColumnType.BIGINT),
    TEXT_AT_BOUNDARIES(ColumnType.TEXT),
    TEXT_VALUES(ColumnType.TEXT),
    DECIMAL_VALUES(ColumnType.DECIMAL),
    SCAN(ColumnType.TEXT);

    private final ColumnType first;

    Layout(ColumnType first) {
      this.first = first;
    }

    /** The lines of the file; {@code given} are numbers of values. */
    String lines(List<Integer> given) {
      String values =
          given.stream().map(n -> ModelTable.text(first, n)).collect(Collectors.joining(", "));
      return switch (this) {
        case TIMESTAMP, NUMBER, DECIMAL -> "";
        case TIMESTAMP_AT_BOUNDARIES, NUMBER_AT_BOUNDARIES, TEXT_AT_BOUNDARIES ->
            "boundaries: [" + values + "]\n";
        case TEXT_VALUES, DECIMAL_VALUES -> "key-values: [" + values + "]\n";
        case SCAN -> "allow-filtering: true\n";
      };
    }
  }

  /** One random table with the settings to read it by. */
  private record Case(
      ModelTable table, LindormConfig config, List<KeyValue> keyValues, Random cuts) {
    static Case random(int seed) {
      Random random = new Random(seed);
      Layout layout = Layout.values()[seed % Layout.values().length];
      ModelTable table = ModelTable.random(random, layout.first);
      List<Integer> given =
          random.ints(0, VALUES).limit(1 + random.nextInt(6)).distinct().sorted().boxed().toList();
      int n = table.rows().size();
      int[] sizes = {1, 2, 7, Math.max(1, n - 1), Math.max(1, n), n + 1};
      String yaml =
          layout.lines(given)
              + "split-count: "
              + (1 + random.nextInt(12))
              + "\npage-size: "
              + sizes[random.nextInt(sizes.length)];
      LindormConfig config =
          LindormTables.withRange(
              LindormTables.withSplits(LindormTables.config(), yaml),
              LindormTables.FROM,
              LindormTables.FROM.plusMillis(1 + random.nextInt(12)));
      List<KeyValue> values =
          config.splits().keyValues().isEmpty()
              ? List.of()
              : given.stream().map(i -> ModelTable.value(layout.first, i)).toList();
      return new Case(table, config, values, random);
    }

    List<LindormSplit> plan() throws SQLException {
      return new SplitPlanner(config, table.ends()).plan(table.key(), 2);
    }

    List<List<KeyValue>> expected() {
      TimestampRange range = config.filter().range();
      return table.rows().stream()
          .filter(row -> !table.timestampOf(row).isBefore(range.from()))
          .filter(row -> table.timestampOf(row).isBefore(range.to()))
          .filter(row -> keyValues.isEmpty() || keyValues.contains(row.get(0)))
          .toList();
    }

    KeysetCursor cursor(LindormSplit split) {
      return new KeysetCursor(Selection.of(config, List.of(), split), split);
    }

    List<List<KeyValue>> read(LindormSplit split) {
      KeysetCursor cursor = cursor(split);
      int limit = config.splits().pages().size();
      List<List<KeyValue>> read = new ArrayList<>();
      for (Optional<PageQuery> query = cursor.query(limit);
          query.isPresent();
          query = cursor.query(limit)) {
        take(cursor, query.get(), read);
      }
      return read;
    }

    private void take(KeysetCursor cursor, PageQuery query, List<List<KeyValue>> read) {
      List<List<KeyValue>> page = table.answer(query, cuts);
      if (page.isEmpty()) {
        cursor.exhausted();
      } else {
        read.addAll(page);
        cursor.reached(table.keyOf(page.get(page.size() - 1)));
      }
    }

    /** As {@link #read}, but now and then a statement takes too long and its range is halved. */
    List<List<KeyValue>> readSlowly(LindormSplit split, Random random) {
      KeysetCursor cursor = cursor(split);
      List<List<KeyValue>> read = new ArrayList<>();
      int limit = 1 + random.nextInt(4);
      for (Optional<PageQuery> query = cursor.query(limit);
          query.isPresent();
          query = cursor.query(limit)) {
        if (random.nextInt(3) == 0 && cursor.bisect()) {
          continue;
        }
        take(cursor, query.get(), read);
      }
      return read;
    }
  }

  @Test
  void everyRowOfTheRangeIsReadOnceWhereverReadingGoesOn() throws Exception {
    LindormSplitSerializer serializer = new LindormSplitSerializer();
    for (int seed = 0; seed < TABLES; seed++) {
      Case read = Case.random(seed);
      List<List<KeyValue>> all = new ArrayList<>();
      for (LindormSplit split : read.plan()) {
        List<List<KeyValue>> rows = read.read(split);
        all.addAll(rows);
        for (int i = 0; i < rows.size(); i++) {
          LindormSplit reached = split.at(read.table().keyOf(rows.get(i)), i + 1L);
          LindormSplit resumed = serializer.deserialize(2, serializer.serialize(reached));
          assertThat(read.read(resumed))
              .as("seed %s, %s from row %s", seed, split.splitId(), i)
              .isEqualTo(rows.subList(i + 1, rows.size()));
        }
      }
      assertThat(all).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(read.expected());
    }
  }

  @Test
  void everyRowIsReadOnceHoweverOftenARangeIsHalved() throws Exception {
    for (int seed = 0; seed < TABLES; seed++) {
      Case read = Case.random(seed);
      Random random = new Random(seed);
      for (LindormSplit split : read.plan()) {
        List<List<KeyValue>> rows = read.read(split);
        assertThat(read.readSlowly(split, random)).as("seed %s", seed).isEqualTo(rows);
        for (int i = 0; i < rows.size(); i += 3) {
          LindormSplit resumed = split.at(read.table().keyOf(rows.get(i)), i + 1L);
          assertThat(read.readSlowly(resumed, random))
              .as("seed %s, %s from row %s", seed, split.splitId(), i)
              .isEqualTo(rows.subList(i + 1, rows.size()));
        }
      }
    }
  }

  @Test
  void everyStatementConfinesTheFirstKeyColumnUnlessItMaySkip() throws Exception {
    for (int seed = 0; seed < TABLES; seed++) {
      Case read = Case.random(seed);
      for (LindormSplit split : read.plan()) {
        PageQuery first = read.cursor(split).query(1).orElseThrow();
        String column = split.key().get(0).name();
        boolean confined = first.conditions().stream().anyMatch(c -> c.column().equals(column));
        assertThat(confined).isEqualTo(!read.config().splits().allowFiltering());
      }
    }
  }
}
