package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.ReceivedStatement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads by the real driver a table on which statements over many rows time out. */
@Timeout(60)
class LindormSlowTableITCase {
  private static final int ROWS = 6_000;
  private static final int PATIENCE = 200;

  private EmbeddedLindorm lindorm;

  @BeforeEach
  void start() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
  }

  @AfterEach
  void stop() {
    lindorm.close();
  }

  /**
   * Rows by number, those from 1,000 to 2,000 in the time range and of all others each 999th: many
   * to find there, many to skip elsewhere.
   */
  private LindormConfig table(String key, String lines) {
    lindorm.execute("CREATE TABLE t(n BIGINT, ts TIMESTAMP, v INTEGER, PRIMARY KEY(" + key + "))");
    lindorm.execute(
        "INSERT INTO t SELECT x, CASE WHEN "
            + IN_RANGE
            + " THEN TIMESTAMP '2023-01-02 00:00:00' ELSE TIMESTAMP '2022-01-01 00:00:00' END, x"
            + " FROM SYSTEM_RANGE(0, "
            + (ROWS - 1)
            + ")");
    lindorm.failStatementsLongerThan(PATIENCE);
    return LindormTables.withColumns(
        LindormTables.withSplits(LindormTables.config(lindorm.url()), lines), "v");
  }

  private static final String IN_RANGE = "(x BETWEEN 1000 AND 1999 OR MOD(x, 999) = 0)";

  private static List<String> expected() {
    return IntStream.range(0, ROWS)
        .filter(n -> (n >= 1_000 && n < 2_000) || n % 999 == 0)
        .mapToObj(n -> "{\"v\":{\"N\":\"" + n + "\"}}")
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n, ts", "n DESC, ts", "n DESC, ts DESC"})
  void pagesShrinkAndRangesAreHalvedUntilEveryRowIsReadOnce(String key) throws Exception {
    LindormConfig config = table(key, "split-count: 2\npage-size: 2000\noperation-timeout: 100s");

    assertThat(Reads.table(config)).isEqualTo(expected());
    assertThat(lindorm.timeouts()).isBetween(5L, 80L);
    List<String> statements = lindorm.statements().stream().map(ReceivedStatement::sql).toList();
    assertThat(statements).anyMatch(sql -> sql.endsWith(" LIMIT 16"));
    assertThat(statements).noneMatch(sql -> sql.endsWith(" LIMIT 2000"));
    // Halves have bounds that no split has.
    assertThat(
            lindorm.statements().stream()
                .filter(statement -> statement.sql().contains("`n` < ?"))
                .map(ReceivedStatement::parameters)
                .map(parameters -> parameters.get(1))
                .distinct())
        .hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts, n", "ts DESC, n"})
  void manyRowsOfOneTimestampAreReadInSmallPages(String key) throws Exception {
    LindormConfig config = table(key, "split-count: 2\npage-size: 2000");

    assertThat(Reads.table(config)).isEqualTo(expected());
    assertThat(lindorm.timeouts()).isPositive();
    assertThat(lindorm.statements())
        .extracting(ReceivedStatement::sql)
        .anyMatch(sql -> sql.endsWith(" LIMIT 125"));
  }
}
