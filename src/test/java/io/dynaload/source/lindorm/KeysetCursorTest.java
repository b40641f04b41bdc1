package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeysetCursorTest {
  private static final KeyValue LOWER = new KeyValue.Timestamp(LindormTables.FROM);
  private static final KeyValue UPPER = new KeyValue.Timestamp(LindormTables.TO);

  private static KeyColumn column(String name, ColumnType type) {
    return new KeyColumn(name, type, false);
  }

  private static KeysetCursor cursor(LindormConfig config, LindormSplit split, String... columns) {
    return new KeysetCursor(Selection.of(config, List.of(columns), split), split);
  }

  private static PageQuery query(KeysetCursor cursor) {
    return cursor.query(2_000).orElseThrow();
  }

  private static List<KeyValue> parameters(PageQuery query) {
    return query.conditions().stream().map(Condition::value).toList();
  }

  @Test
  void aKeyThatBeginsWithTheTimestampIsDescended() {
    List<KeyColumn> key =
        List.of(
            column("ts", ColumnType.TIMESTAMP),
            column("site", ColumnType.TEXT),
            column("n", ColumnType.BIGINT));
    KeysetCursor cursor =
        cursor(
            LindormTables.config(),
            LindormSplit.unread("split-0", key, new KeyRange(LOWER, UPPER, false)),
            "ts",
            "site",
            "n",
            "v");

    PageQuery first = query(cursor);
    assertThat(first.sql())
        .isEqualTo(
            "SELECT `ts`, `site`, `n`, `v` FROM `t` WHERE `ts` >= ? AND `ts` < ?"
                + " ORDER BY `ts`, `site`, `n` LIMIT 2000");
    assertThat(parameters(first)).containsExactly(LOWER, UPPER);

    List<KeyValue> last = List.of(LOWER, new KeyValue.Text("s"), new KeyValue.Integral(7));
    cursor.reached(last);
    assertThat(query(cursor).sql())
        .isEqualTo(
            "SELECT `ts`, `site`, `n`, `v` FROM `t` WHERE `ts` = ? AND `site` = ? AND `n` > ?"
                + " ORDER BY `n` LIMIT 2000");
    assertThat(parameters(query(cursor))).isEqualTo(last);

    cursor.exhausted();
    assertThat(query(cursor).sql())
        .isEqualTo(
            "SELECT `ts`, `site`, `n`, `v` FROM `t` WHERE `ts` = ? AND `site` > ?"
                + " ORDER BY `site`, `n` LIMIT 2000");

    cursor.exhausted();
    assertThat(query(cursor).sql())
        .isEqualTo(
            "SELECT `ts`, `site`, `n`, `v` FROM `t` WHERE `ts` > ? AND `ts` < ?"
                + " ORDER BY `ts`, `site`, `n` LIMIT 2000");
    assertThat(parameters(query(cursor))).containsExactly(LOWER, UPPER);

    cursor.exhausted();
    assertThat(cursor.query(2_000)).isEmpty();
  }

  @Test
  void rowsFoundOnTheWayBeginTheDescentAnew() {
    List<KeyColumn> key =
        List.of(column("ts", ColumnType.TIMESTAMP), column("n", ColumnType.BIGINT));
    KeysetCursor cursor =
        cursor(
            LindormTables.config(),
            LindormSplit.unread("split-0", key, new KeyRange(LOWER, UPPER, false)),
            "ts");
    cursor.reached(List.of(LOWER, new KeyValue.Integral(1)));
    cursor.exhausted();
    cursor.reached(List.of(LOWER, new KeyValue.Integral(2)));

    assertThat(query(cursor).sql()).contains("WHERE `ts` = ? AND `n` > ? ORDER BY `n` ");
    assertThat(parameters(query(cursor))).containsExactly(LOWER, new KeyValue.Integral(2));
  }

  @Test
  void aTimestampElsewhereIsAFilterOfEveryStatement() {
    List<KeyColumn> key =
        List.of(column("device", ColumnType.INTEGER), column("ts", ColumnType.TIMESTAMP));
    KeyRange range = new KeyRange(new KeyValue.Integral(5), new KeyValue.Integral(9), true);
    KeysetCursor cursor =
        cursor(LindormTables.config(), LindormSplit.unread("split-0", key, range), "v");

    assertThat(query(cursor).sql())
        .isEqualTo(
            "SELECT `v`, `device`, `ts` FROM `t` WHERE `device` >= ? AND `device` <= ?"
                + " AND `ts` >= ? AND `ts` < ? ORDER BY `device`, `ts` LIMIT 2000");
    assertThat(parameters(query(cursor)))
        .containsExactly(range.lower(), range.upper(), LOWER, UPPER);

    cursor.reached(List.of(new KeyValue.Integral(6), LOWER));
    assertThat(query(cursor).sql())
        .isEqualTo(
            "SELECT `v`, `device`, `ts` FROM `t` WHERE `device` = ? AND `ts` > ?"
                + " AND `ts` >= ? AND `ts` < ? ORDER BY `ts` LIMIT 2000");
    cursor.exhausted();
    assertThat(query(cursor).sql())
        .isEqualTo(
            "SELECT `v`, `device`, `ts` FROM `t` WHERE `device` > ? AND `device` <= ?"
                + " AND `ts` >= ? AND `ts` < ? ORDER BY `device`, `ts` LIMIT 2000");
  }

  @Test
  void aDescendingColumnTurnsItsComparisonAround() {
    List<KeyColumn> key =
        List.of(
            new KeyColumn("ts", ColumnType.TIMESTAMP, true),
            new KeyColumn("n", ColumnType.BIGINT, true));
    KeysetCursor cursor =
        cursor(
            LindormTables.config(),
            LindormSplit.unread("split-0", key, new KeyRange(LOWER, UPPER, false)),
            "n");
    assertThat(query(cursor).sql())
        .endsWith("WHERE `ts` >= ? AND `ts` < ? ORDER BY `ts` DESC, `n` DESC LIMIT 2000");

    KeyValue middle = new KeyValue.Timestamp(LindormTables.FROM.plusMillis(5));
    cursor.reached(List.of(middle, new KeyValue.Integral(1)));
    assertThat(query(cursor).sql())
        .endsWith("WHERE `ts` = ? AND `n` < ? ORDER BY `n` DESC LIMIT 2000");
    cursor.exhausted();
    assertThat(query(cursor).sql())
        .endsWith("WHERE `ts` >= ? AND `ts` < ? ORDER BY `ts` DESC, `n` DESC LIMIT 2000");
    assertThat(parameters(query(cursor))).containsExactly(LOWER, middle);
  }

  @Test
  void aSplitThatWasBegunGoesOnBehindItsPosition() {
    List<KeyColumn> key = List.of(column("ts", ColumnType.TIMESTAMP));
    LindormSplit split =
        LindormSplit.unread("split-0", key, new KeyRange(LOWER, UPPER, false))
            .at(List.of(LOWER), 1);

    assertThat(query(cursor(LindormTables.config(), split, "ts")).sql())
        .isEqualTo("SELECT `ts` FROM `t` WHERE `ts` > ? AND `ts` < ? ORDER BY `ts` LIMIT 2000");
  }

  @Test
  void aNameIsQuotedWhateverItHolds() {
    assertThat(Identifiers.quote("order")).isEqualTo("`order`");
    assertThat(Identifiers.quote("a`b")).isEqualTo("`a``b`");
  }

  @Test
  void aGivenValueIsHeldEqualAndSlicedByTime() {
    List<KeyColumn> key =
        List.of(
            column("site", ColumnType.TEXT),
            column("ts", ColumnType.TIMESTAMP),
            column("n", ColumnType.BIGINT));
    KeyValue site = new KeyValue.Text("a");
    KeyRange range = new KeyRange(List.of(site), LOWER, UPPER, false);
    KeysetCursor cursor =
        cursor(LindormTables.config(), LindormSplit.unread("split-0", key, range), "n");

    assertThat(query(cursor).sql())
        .isEqualTo(
            "SELECT `n`, `site`, `ts` FROM `t` WHERE `site` = ? AND `ts` >= ? AND `ts` < ?"
                + " ORDER BY `ts`, `n` LIMIT 2000");
    assertThat(parameters(query(cursor))).containsExactly(site, LOWER, UPPER);

    cursor.reached(List.of(site, LOWER, new KeyValue.Integral(1)));
    assertThat(query(cursor).sql())
        .endsWith("WHERE `site` = ? AND `ts` = ? AND `n` > ? ORDER BY `n` LIMIT 2000");
    cursor.exhausted();
    assertThat(query(cursor).sql())
        .endsWith("WHERE `site` = ? AND `ts` > ? AND `ts` < ? ORDER BY `ts`, `n` LIMIT 2000");
    cursor.exhausted();
    assertThat(cursor.query(2_000)).isEmpty();
  }

  @Test
  void aKeyThatIsAllGivenIsOneStatement() {
    KeyRange range = KeyRange.whole().below(List.of(new KeyValue.Text("a")));
    LindormSplit split =
        LindormSplit.unread("split-0", List.of(column("site", ColumnType.TEXT)), range);
    KeysetCursor cursor = cursor(LindormTables.config(), split, "site");

    assertThat(query(cursor).sql())
        .isEqualTo("SELECT `site` FROM `t` WHERE `site` = ? AND `ts` >= ? AND `ts` < ? LIMIT 2000");
    cursor.reached(List.of(new KeyValue.Text("a")));
    assertThat(cursor.query(2_000)).isEmpty();
  }

  @Test
  void hintsStandRightAfterSelectInOneComment() {
    LindormConfig config =
        LindormTables.withSplits(
            LindormTables.config(),
            "force-index: by_time\nkey-columns: [ts]\nallow-filtering: true\n"
                + "operation-timeout: 5m");
    LindormSplit split =
        LindormSplit.unread(
            "split-0", List.of(column("ts", ColumnType.TIMESTAMP)), KeyRange.whole());

    assertThat(query(cursor(config, split, "ts")).sql())
        .isEqualTo(
            "SELECT /*+ _l_force_index_('by_time'), _l_allow_filtering_,"
                + " _l_operation_timeout_(300000) */ `ts` FROM `t` WHERE `ts` >= ? AND `ts` < ?"
                + " ORDER BY `ts` LIMIT 2000");
  }

  @Test
  void aRangeIsReadInHalvesOnceItIsHalved() {
    List<KeyColumn> key = List.of(column("n", ColumnType.BIGINT));
    KeyRange range = new KeyRange(new KeyValue.Integral(0), new KeyValue.Integral(100), false);
    KeysetCursor cursor =
        cursor(LindormTables.config(), LindormSplit.unread("split-0", key, range), "n");

    assertThat(cursor.bisect()).isTrue();
    assertThat(cursor.bisect()).isTrue();
    assertThat(numbers(cursor)).containsExactly(0L, 25L);
    cursor.exhausted();
    assertThat(query(cursor).sql()).contains("WHERE `n` >= ? AND `n` < ? AND `ts` >= ?");
    assertThat(numbers(cursor)).containsExactly(25L, 50L);
    cursor.reached(List.of(new KeyValue.Integral(30)));
    assertThat(query(cursor).sql()).contains("WHERE `n` > ? AND `n` < ? AND `ts` >= ?");
    assertThat(numbers(cursor)).containsExactly(30L, 50L);
    cursor.exhausted();
    assertThat(numbers(cursor)).containsExactly(50L, 100L);
    cursor.exhausted();
    assertThat(cursor.query(2_000)).isEmpty();
  }

  private static List<Long> numbers(KeysetCursor cursor) {
    return parameters(query(cursor)).stream()
        .filter(KeyValue.Integral.class::isInstance)
        .map(value -> ((KeyValue.Integral) value).value())
        .toList();
  }
}
