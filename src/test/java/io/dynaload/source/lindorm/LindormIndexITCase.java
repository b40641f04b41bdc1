package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.ReceivedStatement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads a table that is stored by text through its indexes over time, by the real driver. */
@Timeout(60)
class LindormIndexITCase {
  private static final int ROWS = 200;

  private static EmbeddedLindorm lindorm;

  @BeforeAll
  static void fillTable() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute(
        "CREATE TABLE t(device VARCHAR, n INTEGER, ts TIMESTAMP, v INTEGER,"
            + " PRIMARY KEY(device, n DESC))");
    lindorm.execute("CREATE INDEX by_time ON t(ts) INCLUDE(v)");
    lindorm.execute("CREATE INDEX by_time_down ON t(ts DESC, device)");
    lindorm.load(
        "INSERT INTO t VALUES (?, ?, ?, ?)",
        IntStream.range(0, ROWS)
            .mapToObj(
                i ->
                    new @Nullable Object[] {
                      "d" + i % 7,
                      i % 11 * 100 + i / 7,
                      // Four rows of each moment, and some of no moment, which are in no range.
                      i % 50 == 0
                          ? null
                          : LocalDateTime.parse("2022-12-31T00:00").plusHours(i / 4 * 20),
                      i
                    })
            .iterator());
  }

  @AfterAll
  static void stop() {
    lindorm.close();
  }

  private static LindormConfig config(String lines) {
    return LindormTables.withColumns(
        LindormTables.withSplits(LindormTables.config(lindorm.url()), lines), "v");
  }

  private static List<String> expected() {
    return IntStream.range(0, ROWS)
        .filter(i -> i % 50 != 0 && i / 4 * 20 >= 24 && i / 4 * 20 < 24 * 32)
        .mapToObj(i -> "{\"v\":{\"N\":\"" + i + "\"}}")
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "by_time; ts, device, n desc; 1",
        "by_time; ts, device, n desc; 7",
        "by_time; ts desc, device desc, n; 7",
        "by_time_down; ts desc, device, n desc; 3",
        "by_time_down; ts desc, device, n desc; 2000"
      })
  void theTableIsReadInSlicesOfTimeThroughItsIndex(String index, String key, int pageSize)
      throws Exception {
    int before = lindorm.statements().size();

    List<String> read =
        Reads.table(
            config(
                "force-index: %s\nkey-columns: [%s]\nsplit-count: 5\npage-size: %d"
                    .formatted(index, key, pageSize)));

    assertThat(read).isEqualTo(expected());
    assertThat(lindorm.statements().subList(before, lindorm.statements().size()))
        .extracting(ReceivedStatement::sql)
        .filteredOn(sql -> sql.startsWith("SELECT"))
        .hasSizeGreaterThan(5)
        .allMatch(sql -> sql.startsWith("SELECT /*+ _l_force_index_('" + index + "') */ `"));
  }

  @Test
  void anIndexThatTheTableDoesNotHaveIsAMistakeInTheFile() {
    assertRefused(
        "force-index: by_tide\nkey-columns: [ts, device, n desc]",
        "Index 'by_tide' of table 't' does not exist");
  }

  @Test
  void aKeyThatIsNotTheIndexesOwnIsAMistakeInTheFile() {
    assertRefused("force-index: by_time\nkey-columns: [ts, n, device]", "ORDER BY must follow");
    assertRefused("force-index: by_time\nkey-columns: [ts, device, n]", "in the direction of");
  }

  private static void assertRefused(String lines, String reason) {
    ImportException e =
        catchThrowableOfType(
            ImportException.class, () -> new LindormSource(config(lines)).inspect());
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem()).startsWith("table t: the server refuses SELECT /*+ ").contains(reason);
    assertThat(e.remedy()).contains("force-index");
  }
}
