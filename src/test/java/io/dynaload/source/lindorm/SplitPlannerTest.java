package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitPlannerTest {
  private static final KeyColumn TS = new KeyColumn("ts", ColumnType.TIMESTAMP, false);
  private static final KeyColumn DEVICE = new KeyColumn("device", ColumnType.BIGINT, false);
  private static final KeyColumn PRICE = new KeyColumn("price", ColumnType.DECIMAL, false);
  private static final KeyColumn SITE = new KeyColumn("site", ColumnType.TEXT, false);
  private static final KeyColumn BYTES = new KeyColumn("b", ColumnType.BINARY, false);
  private static final KeyEnds NONE = column -> Optional.empty();

  private static KeyEnds integers(long least, long greatest) {
    return column ->
        Optional.of(
            new KeyEnds.Ends(new KeyValue.Integral(least), new KeyValue.Integral(greatest)));
  }

  private static KeyEnds decimals(String least, String greatest) {
    return column ->
        Optional.of(
            new KeyEnds.Ends(
                new KeyValue.Decimal(new BigDecimal(least)),
                new KeyValue.Decimal(new BigDecimal(greatest))));
  }

  private static List<KeyRange> plan(LindormConfig config, KeyEnds ends, KeyColumn... key)
      throws SQLException {
    List<LindormSplit> splits = new SplitPlanner(config, ends).plan(List.of(key), 2);
    assertThat(splits.stream().map(LindormSplit::splitId).distinct()).hasSameSizeAs(splits);
    return splits.stream().map(LindormSplit::range).toList();
  }

  private static LindormConfig splits(int count) {
    return LindormTables.withPages(LindormTables.config(), count, 10);
  }

  private static KeyValue at(long millis) {
    return new KeyValue.Timestamp(LindormTables.FROM.plusMillis(millis));
  }

  private static KeyRange halfOpen(long from, long to) {
    return new KeyRange(new KeyValue.Integral(from), new KeyValue.Integral(to), false);
  }

  private static KeyRange closed(long from, long to) {
    return new KeyRange(new KeyValue.Integral(from), new KeyValue.Integral(to), true);
  }

  @Test
  void aTimestampInFrontIsCutIntoSlicesThatTouch() throws SQLException {
    LindormConfig config =
        LindormTables.withRange(splits(3), LindormTables.FROM, LindormTables.FROM.plusMillis(10));

    assertThat(plan(config, NONE, TS, DEVICE))
        .containsExactly(
            new KeyRange(at(0), at(3), false),
            new KeyRange(at(3), at(6), false),
            new KeyRange(at(6), at(10), false));
  }

  @Test
  void aSliceHasAMillisecondAtLeast() throws SQLException {
    LindormConfig config =
        LindormTables.withRange(splits(100), LindormTables.FROM, LindormTables.FROM.plusMillis(2));

    assertThat(plan(config, NONE, TS))
        .containsExactly(new KeyRange(at(0), at(1), false), new KeyRange(at(1), at(2), false));
  }

  @Test
  void thereAreManyMoreSplitsThanReadersByDefault() throws SQLException {
    SplitPlanner planner = new SplitPlanner(LindormTables.config(), NONE);

    assertThat(planner.plan(List.of(TS), 1)).hasSize(64);
    assertThat(planner.plan(List.of(TS), 100)).hasSize(800);
  }

  @Test
  void integersAreCutBetweenTheirEnds() throws SQLException {
    assertThat(plan(splits(3), integers(-5, 5), DEVICE, TS))
        .containsExactly(halfOpen(-5, -2), halfOpen(-2, 2), closed(2, 5));
    assertThat(plan(splits(3), integers(7, 8), DEVICE, TS))
        .containsExactly(halfOpen(7, 8), closed(8, 8));
    assertThat(plan(splits(3), integers(7, 7), DEVICE, TS)).containsExactly(closed(7, 7));
  }

  @Test
  void theWholeRangeOfBigintIsCutExactly() throws SQLException {
    assertThat(plan(splits(4), integers(Long.MIN_VALUE, Long.MAX_VALUE), DEVICE, TS))
        .containsExactly(
            halfOpen(Long.MIN_VALUE, Long.MIN_VALUE / 2),
            halfOpen(Long.MIN_VALUE / 2, 0),
            halfOpen(0, Long.MAX_VALUE / 2 + 1),
            closed(Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE));
  }

  @Test
  void decimalsAreCutInTheirScale() throws SQLException {
    KeyValue least = new KeyValue.Decimal(new BigDecimal("0.1"));
    KeyValue middle = new KeyValue.Decimal(new BigDecimal("0.15"));
    KeyValue greatest = new KeyValue.Decimal(new BigDecimal("0.20"));

    assertThat(plan(splits(2), decimals("0.1", "0.20"), PRICE, TS))
        .containsExactly(new KeyRange(least, middle, false), new KeyRange(middle, greatest, true));
    assertThat(plan(splits(9), decimals("0.1", "0.1"), PRICE, TS))
        .containsExactly(new KeyRange(least, least, true));
    assertThat(plan(splits(9), decimals("1", "3"), PRICE, TS)).hasSize(2);
  }

  @Test
  void anEmptyTableHasNoSplits() throws SQLException {
    assertThat(plan(splits(5), NONE, DEVICE, TS)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "BOOLEAN", "TEXT", "BINARY", "DATE", "TIME", "TIMESTAMP"})
  void aKeyThatBeginsOtherwiseIsRefused(ColumnType type) {
    assertThatThrownBy(() -> plan(splits(5), NONE, new KeyColumn("a", type, false), TS))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageContaining("the first key column a (" + type + ") is neither");
  }

  private static LindormConfig file(String yaml) {
    return LindormTables.withSplits(LindormTables.config(), yaml);
  }

  private static KeyRange text(@Nullable String lower, @Nullable String upper) {
    return new KeyRange(
        lower == null ? null : new KeyValue.Text(lower),
        upper == null ? null : new KeyValue.Text(upper),
        false);
  }

  @Test
  void boundariesCutAllValuesOfTheFirstColumn() throws SQLException {
    assertThat(plan(file("boundaries: [a, m, 't']"), NONE, SITE, TS))
        .containsExactly(text("", "a"), text("a", "m"), text("m", "t"), text("t", null));
    assertThat(plan(file("boundaries: [-5, 1000]"), NONE, DEVICE, TS))
        .containsExactly(
            halfOpen(Long.MIN_VALUE, -5), halfOpen(-5, 1000), closed(1000, Long.MAX_VALUE));
    assertThat(
            plan(
                file("boundaries: [2020-02-02]"), NONE, new KeyColumn("d", ColumnType.DATE, false)))
        .containsExactly(
            new KeyRange(null, new KeyValue.Date(LocalDate.parse("2020-02-02")), false),
            new KeyRange(new KeyValue.Date(LocalDate.parse("2020-02-02")), null, false));
  }

  @Test
  void boundariesOfTheTimestampCutTheTimeRangeOnly() throws SQLException {
    assertThat(plan(file("boundaries: [2022-05-05, 2023-01-01, 2023-01-10, 2023-02-01]"), NONE, TS))
        .containsExactly(
            new KeyRange(at(0), at(9 * 86_400_000L), false),
            new KeyRange(at(9 * 86_400_000L), new KeyValue.Timestamp(LindormTables.TO), false));
  }

  @Test
  void boundariesThatDoNotAscendAreRefusedWithTheirPlace() {
    assertThatThrownBy(() -> plan(file("boundaries: [a, m, m]"), NONE, SITE, TS))
        .isInstanceOf(ImportException.class)
        .hasMessage("boundaries.2: m does not come after m");
    assertThatThrownBy(() -> plan(file("boundaries: [2, 10, 9]"), NONE, DEVICE, TS))
        .hasMessage("boundaries.2: 9 does not come after 10");
  }

  @Test
  void aValueThatIsNotOfTheColumnsTypeIsRefusedWithItsPlace() {
    KeyColumn small = new KeyColumn("s", ColumnType.TINYINT, false);

    assertThatThrownBy(() -> plan(file("boundaries: [1, 128]"), NONE, small, TS))
        .isInstanceOf(ImportException.class)
        .hasMessage("boundaries.1: 128 is not a whole number between -128 and 127");
    assertThatThrownBy(() -> plan(file("key-values: [a1, xy]"), NONE, BYTES, TS))
        .hasMessage("key-values.1: xy is not a row of bytes in hex, such as 00ff");
    assertThatThrownBy(() -> plan(file("key-values: [1.0, 2, 1.00]"), NONE, PRICE, TS))
        .hasMessage("key-values.2: 1.00 is the same as 1.0, which stands at 0");
  }

  @Test
  void keyValuesAreSlicedByTimeWhereTheTimestampFollows() throws SQLException {
    KeyValue middle = new KeyValue.Timestamp(LindormTables.FROM.plus(Duration.ofHours(372)));
    KeyRange first = new KeyRange(at(0), middle, false);
    KeyRange second = new KeyRange(middle, new KeyValue.Timestamp(LindormTables.TO), false);
    List<KeyValue> a = List.of(new KeyValue.Text("a"));
    List<KeyValue> b = List.of(new KeyValue.Text("b"));

    assertThat(plan(file("key-values: [a, b]\nsplit-count: 5"), NONE, SITE, TS))
        .containsExactly(first.below(a), second.below(a), first.below(b), second.below(b));
    assertThat(plan(file("key-values: [a, b]\nsplit-count: 5"), NONE, SITE, DEVICE, TS))
        .containsExactly(KeyRange.whole().below(a), KeyRange.whole().below(b));
  }

  @Test
  void aTableThatCannotBeCutIsOneSplitIfFilteringIsAllowed() throws SQLException {
    assertThat(plan(file("allow-filtering: true"), NONE, SITE, TS))
        .containsExactly(KeyRange.whole());
    assertThat(plan(file("allow-filtering: true\nsplit-count: 2"), NONE, TS, SITE)).hasSize(2);
  }

  @Test
  void theRefusalNamesTheWaysOut() {
    assertThatThrownBy(() -> plan(splits(5), NONE, SITE, TS))
        .isInstanceOfSatisfying(
            ImportException.class,
            e ->
                assertThat(e.remedy())
                    .contains(
                        "boundaries: ", "key-values: ", "force-index", "allow-filtering: true"));
  }
}
