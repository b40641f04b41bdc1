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
}
