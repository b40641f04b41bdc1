package io.dynaload.local.lindormserver;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementRulesTest {
  private static final String FULL_SCAN =
      "This query may be a full table scan and thus may have unpredictable performance";

  private final StatementRules rules =
      new StatementRules(
          (table, index) ->
              switch (index == null ? table.toLowerCase(Locale.ROOT) : index) {
                case "by_c" -> key("c", "p1", "p2", "p3");
                case "t" -> key("p1", "p2", "p3");
                case "down" -> key("p1", "p2 DESC", "p3");
                case "hashed" -> new TableKey(key("p1", "p2").columns(), List.of("p1"));
                default -> TableKey.UNKNOWN;
              });

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE p1 = 1",
        "select * from T where P1 >= ? and p1 < ?",
        "SELECT * FROM t WHERE p1 > 1",
        "SELECT * FROM t WHERE 1 < p1",
        "SELECT * FROM t WHERE p1 BETWEEN 1 AND 2 AND c = 3",
        "SELECT * FROM t WHERE p1 IN (1, 2, 3)",
        "SELECT * FROM t WHERE (p1 = 1 AND (c = 2))",
        "SELECT * FROM t WHERE p1 = 1 OR p1 = 2",
        "SELECT * FROM t WHERE p1 = 1 AND c > 1 AND c <= 5",
        "SELECT * FROM t WHERE p1 = 1 AND c LIKE 'a%'",
        "SELECT * FROM t WHERE p1 = 1 AND c IS NOT NULL",
        "SELECT * FROM t WHERE p1 = 'it''s -- no comment' -- a comment",
        "SELECT * FROM t x WHERE x.p1 = 1",
        "SELECT * FROM \"default\".t WHERE `p1` = 1 AND \"p2\" > 2",
        "SELECT COUNT(*), MIN(p1), MAX(p1) FROM t WHERE p1 >= ? AND p1 < ?",
        "SELECT a, CAST(b AS VARCHAR) FROM t WHERE p1 >= TIMESTAMP '2023-01-01 00:00:00' AND p1 <"
            + " CAST(? AS TIMESTAMP)",
        "SELECT * FROM t WHERE p1 = 1 LIMIT 10000 OFFSET 10000",
        "SELECT * FROM t WHERE p1 = 1 LIMIT 10000, 10000",
        "SELECT * FROM t WHERE p1 = 1 LIMIT ?"
      })
  void aReadByTheKeyPasses(String sql) {
    assertPasses(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t",
        "SELECT * FROM t LIMIT 10",
        "SELECT * FROM t ORDER BY p1 LIMIT 1",
        "SELECT COUNT(*) FROM t",
        "SELECT MAX(p1) FROM t WHERE c = 1",
        "SELECT * FROM t WHERE p2 = 1",
        "SELECT * FROM t WHERE p1 <> 1",
        "SELECT * FROM t WHERE p1 IS NOT NULL",
        "SELECT * FROM t WHERE p1 LIKE 'a%'",
        "SELECT * FROM t WHERE p1 = p2",
        "SELECT * FROM t WHERE NOT (p1 = 1)",
        "SELECT * FROM t WHERE ABS(p1) = 1",
        "SELECT * FROM t WHERE p1 = 1 OR p2 = 2",
        "SELECT * FROM t WHERE (p1, p2) > (1, 2)",
        "SELECT 'WHERE p1 = 1' FROM t",
        "SELECT * FROM t /* WHERE p1 = 1 */"
      })
  void aReadThatNothingConfinesOnTheFirstKeyColumnIsRefused(String sql) {
    assertRefused(sql, "Detect inefficient query: no condition on the first primary key column p1");
    assertRefused(sql, FULL_SCAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE p1 = 1 AND c > 1",
        "SELECT * FROM t WHERE p1 = 1 AND ? >= c",
        "SELECT * FROM t WHERE p1 > 1 AND c < 2",
        "SELECT * FROM t WHERE p1 = 1 AND (c > 1 OR c > 2)"
      })
  void aFilterWithOneBoundIsRefused(String sql) {
    assertRefused(sql, "column c needs both a lower and an upper bound");
    assertRefused(sql, FULL_SCAN);
  }

  @Test
  void oneBoundIsEnoughWhereTheKeyGoesOn() {
    assertPasses("SELECT * FROM t WHERE p1 = ? AND p2 > ? ORDER BY p2, p3 LIMIT 10");
    assertPasses("SELECT * FROM t WHERE p1 = ? AND p2 = ? AND p3 > ? ORDER BY p3 LIMIT 10");
    assertPasses("SELECT * FROM t WHERE p1 > ? AND p1 < ? ORDER BY p1, p2, p3 LIMIT 10");
    assertRefused("SELECT * FROM t WHERE p1 = 1 AND p3 > 2", "column p3 needs both");
    assertRefused("SELECT * FROM t WHERE p1 > 1 AND p2 > 2", "column p2 needs both");
  }

  @Test
  void theHintRightAfterSelectLiftsTheRulesOnConditionsOnly() {
    assertPasses("SELECT /*+ _l_allow_filtering_ */ * FROM t");
    assertPasses(
        "SELECT /*+ _l_operation_timeout_(1000), _l_allow_filtering_ */ * FROM t WHERE c > 1");
    assertRefused("SELECT /*+ _l_operation_timeout_(1000) */ * FROM t", FULL_SCAN);
    assertRefused("SELECT * FROM t /*+ _l_allow_filtering_ */", FULL_SCAN);
    assertRefused("SELECT /* _l_allow_filtering_ */ * FROM t", FULL_SCAN);
    assertRefused("SELECT /*+ _l_allow_filtering_ */ * FROM t ORDER BY p1", "requires LIMIT");
  }

  @Test
  void anIndexThatIsForcedIsReadByItsOwnKey() {
    String byC = "* FROM t WHERE c >= 1 AND c < 2 ORDER BY c, p1, p2, p3 LIMIT 10";
    assertPasses("SELECT /*+ _l_force_index_('by_c') */ " + byC);
    assertPasses("SELECT /*+ _l_force_index_('by_c'), _l_operation_timeout_(1000) */ " + byC);
    assertRefused("SELECT " + byC, "no condition on the first primary key column p1");
    assertRefused("SELECT /*+ _l_allow_filtering_ */ " + byC, "ORDER BY must follow");
    assertRefused(
        "SELECT /*+ _l_force_index_('by_c') */ * FROM t WHERE p1 = 1",
        "no condition on the first primary key column c");
  }

  @Test
  void orderByRequiresLimit() {
    assertRefused("SELECT * FROM t WHERE p1 = 1 ORDER BY p1", "ORDER BY requires LIMIT");
  }

  @Test
  void limitAndOffsetAreBounded() {
    assertRefused("SELECT * FROM t WHERE p1 = 1 LIMIT 10001", "LIMIT must not exceed 10000");
    assertRefused("SELECT * FROM t WHERE p1 = 1 LIMIT 5 OFFSET 10001", "OFFSET must not exceed");
    assertRefused("SELECT * FROM t WHERE p1 = 1 LIMIT 10001, 5", "OFFSET must not exceed 10000");
  }

  @Test
  void aLimitThatIsAParameterIsBoundedOnceItIsBound() {
    String sql = "SELECT * FROM t WHERE p1 > ? AND p1 < ? ORDER BY p1 LIMIT ?";
    assertPasses(sql, 1, 2, 10_000);
    assertThatThrownBy(() -> rules.check(sql, List.of(1, 2, 10_001L)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("LIMIT must not exceed 10000, but is 10001");
  }

  @Test
  void inListsAtMostTwoThousandValues() {
    assertPasses("SELECT * FROM t WHERE p1 IN (" + marks(2_000) + ")");
    assertRefused("SELECT * FROM t WHERE p1 IN (" + marks(2_001) + ")", "but lists 2001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE p1 > 1 ORDER BY p1 LIMIT 1",
        "SELECT * FROM t WHERE p1 > 1 ORDER BY p1, p2 LIMIT 1",
        "SELECT * FROM t WHERE p1 > 1 ORDER BY p1 DESC, p2 DESC LIMIT 1",
        "SELECT * FROM t WHERE p1 = 1 ORDER BY p2 ASC LIMIT 1",
        "SELECT * FROM t WHERE p1 = 1 AND p2 = 2 ORDER BY p3 LIMIT 1",
        "SELECT * FROM t WHERE p1 = 1 AND p2 = 2 ORDER BY p1, p3 LIMIT 1",
        "SELECT * FROM t x WHERE p1 = 1 ORDER BY x.p1, x.p2, x.p3 LIMIT 1"
      })
  void orderByTheKeyPasses(String sql) {
    assertPasses(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE p1 > 1 AND p1 < 2 ORDER BY p2 LIMIT 1",
        "SELECT * FROM t WHERE p1 IN (1, 2) ORDER BY p2 LIMIT 1",
        "SELECT * FROM t WHERE p1 = 1 OR p1 = 2 ORDER BY p2 LIMIT 1",
        "SELECT * FROM t WHERE p1 = 1 ORDER BY p3 LIMIT 1",
        "SELECT * FROM t WHERE p1 = 1 ORDER BY c LIMIT 1",
        "SELECT * FROM t WHERE p1 = 1 ORDER BY p2, c LIMIT 1",
        "SELECT * FROM t WHERE p1 > 1 ORDER BY p2, p1 LIMIT 1",
        "SELECT * FROM t WHERE p1 > 1 ORDER BY ABS(p1) LIMIT 1"
      })
  void orderBesideTheKeyIsRefused(String sql) {
    assertRefused(sql, "ORDER BY must follow the primary key [p1, p2, p3]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM down WHERE p1 > 1 ORDER BY p1, p2 DESC, p3 LIMIT 1",
        "SELECT * FROM down WHERE p1 > 1 ORDER BY p1 DESC, p2, p3 DESC LIMIT 1",
        "SELECT * FROM down WHERE p1 = 1 AND p2 < 5 ORDER BY p2 DESC, p3 LIMIT 1",
        "SELECT * FROM down WHERE p1 = 1 ORDER BY p2 LIMIT 1",
        "SELECT * FROM down WHERE p1 = 1 AND p2 = 2 ORDER BY p3 LIMIT 1",
      })
  void orderByStorageOrderOrItsReversePasses(String sql) {
    assertPasses(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE p1 > 1 ORDER BY p1 DESC, p2 LIMIT 1",
        "SELECT * FROM down WHERE p1 > 1 ORDER BY p1, p2 LIMIT 1",
        "SELECT * FROM down WHERE p1 > 1 ORDER BY p1, p2 DESC, p3 DESC LIMIT 1",
        "SELECT * FROM down WHERE p1 = 1 ORDER BY p2, p3 LIMIT 1"
      })
  void orderThatMixesStorageOrderAndItsReverseIsRefused(String sql) {
    assertRefused(sql, "in the direction of the primary key [p1, p2");
  }

  @Test
  void aHashedColumnIsReadWithEqualityOnly() {
    assertPasses("SELECT * FROM hashed WHERE p1 = ? AND p2 > ? ORDER BY p2 LIMIT 10");
    assertPasses("SELECT * FROM hashed WHERE p1 = ? ORDER BY p1, p2 LIMIT 10");
    assertRefused("SELECT * FROM hashed WHERE p1 > 1 AND p1 < 3", "hashed key columns [p1]");
    assertRefused("SELECT * FROM hashed WHERE p1 IN (1, 2)", FULL_SCAN);
    assertPasses("SELECT /*+ _l_allow_filtering_ */ * FROM hashed WHERE p1 > 1 LIMIT 10");
    assertRefused(
        "SELECT /*+ _l_allow_filtering_ */ * FROM hashed WHERE p1 > 1 ORDER BY p1 LIMIT 10",
        "ORDER BY must follow the primary key");
  }

  @Test
  void joinsSubqueriesAndUnionsAreRefused() {
    assertRefused("SELECT * FROM t, u WHERE p1 = 1", "one table");
    assertRefused("SELECT * FROM t JOIN u ON p1 = c WHERE p1 = 1", "one table");
    assertRefused("SELECT * FROM t WHERE p1 = (SELECT 1)", "one table");
    assertRefused("SELECT * FROM t WHERE p1 = 1 UNION SELECT 1", "one table");
  }

  @Test
  void otherStatementsAndUnknownTablesPass() {
    assertPasses("UPSERT INTO t VALUES (1)");
    assertPasses("DELETE FROM t WHERE c = 1");
    assertPasses("CREATE TABLE x(a INTEGER, PRIMARY KEY(a))");
    assertPasses("DESCRIBE t");
    assertPasses("SELECT 1");
    assertPasses("SELECT * FROM unknown");
    assertPasses("");
  }

  private static TableKey key(String... columns) {
    return new TableKey(
        Arrays.stream(columns)
            .map(column -> column.split(" "))
            .map(words -> new TableKey.Column(words[0], words.length > 1))
            .toList(),
        List.of());
  }

  private void assertPasses(String sql, @Nullable Object... parameters) {
    assertThatCode(() -> rules.check(sql, Arrays.asList(parameters))).doesNotThrowAnyException();
  }

  private void assertRefused(String sql, String message) {
    assertThatThrownBy(() -> rules.check(sql, List.of()))
        .as(sql)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(message);
  }

  private static String marks(int count) {
    return IntStream.range(0, count).mapToObj(i -> "?").collect(Collectors.joining(","));
  }
}
