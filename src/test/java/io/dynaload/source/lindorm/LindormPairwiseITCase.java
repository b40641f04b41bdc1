package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.source.SourceSchema;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads small tables of every layout with the real driver, in pairwise combinations of layout, key
 * types, directions of the key's columns, page size, parallelism and table size: all rows of the
 * range once, no statement refused.
 */
@Timeout(120)
class LindormPairwiseITCase {
  private static final int[] SIZES = {0, 1, 30, 90};

  /** The table's key ({@code k} of some type) and what the file says of it. */
  enum Layout {
    TIMESTAMP("ts TIMESTAMP", "ts, k", ""),
    TIMESTAMP_AT_BOUNDARIES("ts TIMESTAMP", "ts, k", "boundaries: [2023-01-02, 2023-01-08]"),
    NUMBER("n BIGINT", "n, k, ts", "split-count: 3"),
    NUMBER_AT_BOUNDARIES("n INTEGER", "n, ts, k", "boundaries: [-1, 2]"),
    TEXT_AT_BOUNDARIES("t VARCHAR", "t, ts, k", "boundaries: [b, d]"),
    TEXT_VALUES("t VARCHAR", "t, ts, k", "key-values: [a, b, c, d, e]\nsplit-count: 10"),
    NUMBER_VALUES("n SMALLINT", "n, k, ts", "key-values: [-2, -1, 0, 1, 2]"),
    SCAN("t VARCHAR", "t, k, ts", "allow-filtering: true");

    private final String column;
    private final String key;
    private final String lines;

    Layout(String column, String key, String lines) {
      this.column = column;
      this.key = key;
      this.lines = lines;
    }

    /** The key as CREATE TABLE or key-columns say it. */
    String key(Directions directions) {
      List<String> columns = List.of(key.split(", ", -1));
      return IntStream.range(0, columns.size())
          .mapToObj(i -> columns.get(i) + (directions.descending(i) ? " desc" : " asc"))
          .collect(Collectors.joining(", "));
    }

    String columns(String keyType) {
      String k = ", k " + keyType;
      return column.startsWith("ts") ? column + k : column + k + ", ts TIMESTAMP";
    }

    List<Object> row(int i, Object k) {
      Object ts = LocalDateTime.parse("2022-12-31T22:00").plusHours(i / 2 * 3L);
      return switch (this) {
        case TIMESTAMP, TIMESTAMP_AT_BOUNDARIES -> List.of(ts, k, i);
        case NUMBER, NUMBER_AT_BOUNDARIES, NUMBER_VALUES -> List.of(i % 5 - 2, k, ts, i);
        case TEXT_AT_BOUNDARIES, TEXT_VALUES, SCAN ->
            List.of(String.valueOf((char) ('a' + i % 5)), k, ts, i);
      };
    }
  }

  /** A type of the key column {@code k}, and its values: each stands in several rows. */
  enum KeyType {
    INTEGER,
    VARCHAR,
    DECIMAL,
    DOUBLE,
    VARBINARY;

    String sql() {
      return this == DECIMAL ? "DECIMAL(9,2)" : name();
    }

    Object value(int i) {
      // The parity tells apart the two rows of one timestamp.
      int n = i % 2 + 2 * (i / 7 % 3);
      return switch (this) {
        case INTEGER -> n - 3;
        case VARCHAR -> "x".repeat(n) + "é";
        case DECIMAL -> BigDecimal.valueOf(n * 25L - 50, 2);
        case DOUBLE -> n / 3.0 - 1;
        case VARBINARY -> new byte[] {(byte) (n * 50), 0};
      };
    }
  }

  /** How the key's columns are stored. */
  enum Directions {
    ASCENDING,
    DESCENDING,
    SECOND_DESCENDING,
    SECOND_ASCENDING;

    boolean descending(int column) {
      return switch (this) {
        case ASCENDING -> false;
        case DESCENDING -> true;
        case SECOND_DESCENDING -> column % 2 == 1;
        case SECOND_ASCENDING -> column % 2 == 0;
      };
    }
  }

  /** Who tells the directions. */
  enum Told {
    BY_DESCRIBE,
    BY_THE_FILE,
    /** The file turns them all around: the table is read against its order. */
    REVERSED_BY_THE_FILE
  }

  /** As many rows a page as the table has, or some less or more. */
  enum PageRows {
    ONE,
    SEVEN,
    ONE_LESS,
    ALL,
    ONE_MORE;

    int of(int rows) {
      return switch (this) {
        case ONE -> 1;
        case SEVEN -> 7;
        case ONE_LESS -> Math.max(1, rows - 1);
        case ALL -> Math.max(1, rows);
        case ONE_MORE -> rows + 1;
      };
    }
  }

  record Key(Directions stored, Told told) {
    /** As the file gives it; empty where it does not. */
    String setting(Layout layout) {
      return switch (told) {
        case BY_DESCRIBE -> "";
        case BY_THE_FILE -> "key-columns: [" + layout.key(stored) + "]\n";
        case REVERSED_BY_THE_FILE -> "key-columns: [" + layout.key(reversed()) + "]\n";
      };
    }

    private Directions reversed() {
      return switch (stored) {
        case ASCENDING -> Directions.DESCENDING;
        case DESCENDING -> Directions.ASCENDING;
        case SECOND_DESCENDING -> Directions.SECOND_ASCENDING;
        case SECOND_ASCENDING -> Directions.SECOND_DESCENDING;
      };
    }
  }

  record Combination(
      Layout layout, KeyType k, Key key, PageRows pageRows, int parallelism, int rows) {
    private static Combination of(int[] values) {
      return new Combination(
          Layout.values()[values[0]],
          KeyType.values()[values[1]],
          new Key(Directions.values()[values[2]], Told.values()[values[3]]),
          PageRows.values()[values[4]],
          values[5] + 1,
          SIZES[values[6]]);
    }
  }

  static Stream<Combination> combinations() {
    return Pairwise.of(
            Layout.values().length,
            KeyType.values().length,
            Directions.values().length,
            Told.values().length,
            PageRows.values().length,
            2,
            SIZES.length)
        .stream()
        .map(Combination::of);
  }

  private static @Nullable EmbeddedLindorm lindorm;
  private static int tables;

  @BeforeAll
  static void startLindorm() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
  }

  @AfterAll
  static void stopLindorm() {
    if (lindorm != null) {
      lindorm.close();
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyRowOfTheRangeIsReadOnce(Combination combination) throws Exception {
    EmbeddedLindorm server = Objects.requireNonNull(lindorm);
    Layout layout = combination.layout();
    String table = "t" + tables++;
    server.execute(
        "CREATE TABLE "
            + table
            + "("
            + layout.columns(combination.k().sql())
            + ", v INTEGER, PRIMARY KEY("
            + layout.key(combination.key().stored())
            + "))");
    List<List<Object>> rows =
        IntStream.range(0, combination.rows())
            .mapToObj(i -> layout.row(i, combination.k().value(i)))
            .toList();
    server.load(
        "INSERT INTO "
            + table
            + " VALUES ("
            + "?, ".repeat(layout.columns("").split(",", -1).length)
            + "?)",
        rows.stream().<@Nullable Object[]>map(List::toArray).iterator());

    List<String> read = read(config(server, combination, table), combination.parallelism());

    // Row i is at hour 3 * (i / 2) - 2 of the year: the first two lie before the range.
    assertThat(read)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(Math.min(2, combination.rows()), combination.rows())
                .mapToObj(i -> "{\"v\":{\"N\":\"" + i + "\"}}")
                .toList());
  }

  private static LindormConfig config(
      EmbeddedLindorm server, Combination combination, String table) {
    String yaml =
        "page-size: "
            + combination.pageRows().of(combination.rows())
            + "\n"
            + combination.key().setting(combination.layout())
            + combination.layout().lines;
    LindormConfig config = LindormTables.withTable(LindormTables.config(server.url()), table, "ts");
    return LindormTables.withColumns(LindormTables.withSplits(config, yaml), "v");
  }

  private static List<String> read(LindormConfig config, int parallelism) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(parallelism);
    environment.getConfig().disableGenericTypes();
    LindormSource source = new LindormSource(config);
    SourceSchema schema = source.inspect();
    List<String> items = new ArrayList<>();
    try (CloseableIterator<Item> all =
        environment
            .fromSource(
                source.toFlinkSource(schema),
                WatermarkStrategy.noWatermarks(),
                "lindorm",
                ItemTypeInfo.INSTANCE)
            .executeAndCollect()) {
      all.forEachRemaining(item -> items.add(item.jsonText()));
    }
    return items;
  }
}
