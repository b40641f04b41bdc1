package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.source.bounded.Page;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads tables on which a statement is given up when it has looked at too many rows. */
class SlowTableTest {
  private static final KeyColumn NUMBER = new KeyColumn("k0", ColumnType.BIGINT, false);
  private static final KeyColumn TS = new KeyColumn("ts", ColumnType.TIMESTAMP, false);

  /**
   * Rows of the numbers from 0, of which every so many-th is in the time range.
   *
   * @param patience how many rows a statement may look at
   */
  private record Server(List<KeyColumn> key, int rows, int every, int patience, List<String> log) {
    LindormPage page(PageQuery query, LindormSplit split) throws SQLTimeoutException {
      boolean descending = key.get(0).descending();
      List<Item> items = new ArrayList<>();
      List<List<KeyValue>> keys = new ArrayList<>();
      int looked = 0;
      for (int i = 0; i < rows && items.size() < query.limit(); i++) {
        long number = descending ? rows - 1L - i : i;
        if (query.conditions().stream().allMatch(condition -> holds(condition, number))) {
          looked++;
          if (number % every == 0 && meetsTime(query)) {
            items.add(item(number));
            keys.add(List.of(new KeyValue.Integral(number), at()));
          }
        }
        if (looked > patience) {
          log.add("timeout " + query.limit());
          throw new SQLTimeoutException("Operation timeout");
        }
      }
      log.add("page " + query.limit());
      return new LindormPage(split, keys, () -> items);
    }

    private static KeyValue at() {
      return new KeyValue.Timestamp(LindormTables.FROM);
    }

    /** Rows of one number have one timestamp: behind it there is none. */
    private static boolean meetsTime(PageQuery query) {
      return query.conditions().stream()
          .noneMatch(c -> c.column().equals("ts") && c.operator() == Condition.Operator.GREATER);
    }

    private static boolean holds(Condition condition, long number) {
      if (!condition.column().equals("k0")) {
        return true;
      }
      int compared = Long.compare(number, ((KeyValue.Integral) condition.value()).value());
      return switch (condition.operator()) {
        case EQUAL -> compared == 0;
        case GREATER -> compared > 0;
        case AT_LEAST -> compared >= 0;
        case LESS -> compared < 0;
        case AT_MOST -> compared <= 0;
      };
    }

    private static Item item(long number) {
      byte[] json = ("{\"n\":{\"N\":\"" + number + "\"}}").getBytes(StandardCharsets.UTF_8);
      return Item.put(json, 0, Item.NO_WRITE_TIMESTAMP, new Origin("t", number));
    }
  }

  private static LindormSplitReader reader(Server server, int pageSize) {
    LindormConfig config = LindormTables.withPages(LindormTables.config(), 1, pageSize);
    return new LindormSplitReader(
        config, List.of(), new Retry(Duration.ofSeconds(1)), server::page, System::nanoTime);
  }

  private static List<Long> read(LindormSplitReader reader, LindormSplit split) throws Exception {
    List<Long> numbers = new ArrayList<>();
    reader.open(split);
    for (Optional<Page<LindormSplit>> page = reader.nextPage();
        page.isPresent();
        page = reader.nextPage()) {
      for (int i = 0; i < page.get().size(); i++) {
        numbers.add(page.get().item(i).origin().position());
      }
    }
    return numbers;
  }

  private static LindormSplit split(Server server) {
    return LindormSplit.unread(
        "split-0",
        server.key(),
        new KeyRange(new KeyValue.Integral(0), new KeyValue.Integral(server.rows() - 1L), true));
  }

  @Test
  void aPageThatIsTooSlowIsAskedForWithFewerRowsAndLaterWithMoreAgain() throws Exception {
    Server server = new Server(List.of(NUMBER, TS), 4_000, 1, 600, new ArrayList<>());

    List<Long> numbers = read(reader(server, 2_000), split(server));

    assertThat(numbers).hasSize(4_000).doesNotHaveDuplicates().isSorted();
    assertThat(server.log()).startsWith("timeout 2000", "page 500", "page 500");
    assertThat(server.log()).filteredOn(line -> line.startsWith("timeout")).hasSizeBetween(1, 4);
  }

  @Test
  void aRangeWithFewRowsToFindIsHalvedUntilItIsFastEnough() throws Exception {
    Server server = new Server(List.of(NUMBER, TS), 50_000, 9_000, 2_000, new ArrayList<>());

    List<Long> numbers = read(reader(server, 2_000), split(server));

    assertThat(numbers).containsExactly(0L, 9_000L, 18_000L, 27_000L, 36_000L, 45_000L);
    // 50,000 rows are halved five times before 2,000 are enough; the halves stay cut.
    assertThat(server.log()).filteredOn(line -> line.startsWith("timeout")).hasSizeLessThan(60);
  }

  @Test
  void aDescendingRangeIsHalvedFromItsUpperEnd() throws Exception {
    KeyColumn descending = new KeyColumn("k0", ColumnType.BIGINT, true);
    Server server = new Server(List.of(descending, TS), 50_000, 9_000, 2_000, new ArrayList<>());

    assertThat(read(reader(server, 2_000), split(server)))
        .containsExactly(45_000L, 36_000L, 27_000L, 18_000L, 9_000L, 0L);
  }

  @Test
  void readingGoesOnInAHalfFromThePositionAlone() throws Exception {
    Server server = new Server(List.of(NUMBER, TS), 50_000, 9_000, 2_000, new ArrayList<>());
    LindormSplit reached = split(server).at(List.of(new KeyValue.Integral(18_000), Server.at()), 3);

    assertThat(read(reader(server, 2_000), reached)).containsExactly(27_000L, 36_000L, 45_000L);
  }

  @Test
  void whatCannotBeMadeSmallerFailsWithTheWaysOut() {
    Server server = new Server(List.of(NUMBER, TS), 100, 1, 0, new ArrayList<>());

    assertThatThrownBy(() -> read(reader(server, 100), split(server)))
        .isInstanceOfSatisfying(
            ImportException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
              assertThat(e.problem())
                  .startsWith("Lindorm takes too long for a statement over t/split-0 behind row 0,")
                  .contains("asks for 16 rows only and its range cannot be made smaller");
              assertThat(e.remedy()).contains("operation-timeout", "boundaries", "key-values");
            });
  }
}
