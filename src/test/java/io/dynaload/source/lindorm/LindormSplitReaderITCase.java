package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.error.OutageException;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.source.bounded.Page;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LindormSplitReaderITCase {
  private static final List<KeyColumn> KEY =
      List.of(
          new KeyColumn("ts", ColumnType.TIMESTAMP, false),
          new KeyColumn("id", ColumnType.INTEGER, false));
  private static final LindormSplit SPLIT =
      LindormSplit.unread(
          "split-0",
          KEY,
          new KeyRange(
              new KeyValue.Timestamp(LindormTables.FROM),
              new KeyValue.Timestamp(LindormTables.TO),
              false));

  private final AtomicLong pauses = new AtomicLong();
  private EmbeddedLindorm lindorm;
  private LindormSplitReader reader;

  @BeforeEach
  void fillTable() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute("CREATE TABLE t(ts TIMESTAMP, id INTEGER, PRIMARY KEY(ts, id))");
    lindorm.execute(
        "INSERT INTO t VALUES ('2023-01-01 00:00:00', 1), ('2023-01-01 00:00:00', 2),"
            + " ('2023-01-02 00:00:00', 1)");
    reader = reader(LindormTables.config(lindorm.url()));
  }

  @AfterEach
  void stop() {
    reader.close();
    lindorm.close();
  }

  private LindormSplitReader reader(LindormConfig config) {
    return reader(config, "id");
  }

  private LindormSplitReader reader(LindormConfig config, String column) {
    LindormConfig onePerPage = LindormTables.withPages(config, 1, 1);
    AtomicLong seconds = new AtomicLong();
    Retry retry =
        new Retry(
            Duration.ofSeconds(8),
            millis -> pauses.incrementAndGet(),
            () -> Duration.ofSeconds(seconds.getAndIncrement()).toNanos());
    return new LindormSplitReader(onePerPage, List.of(column), retry);
  }

  private Page<LindormSplit> nextPage() throws Exception {
    Optional<Page<LindormSplit>> page = reader.nextPage();
    return page.orElseThrow();
  }

  @Test
  void eachPageCarriesTheSplitBehindEachOfItsRows() throws Exception {
    reader.open(SPLIT);
    Page<LindormSplit> page = nextPage();
    LindormSplit behindFirst = page.splitAfter(0);
    assertThat(page.size()).isEqualTo(1);
    assertThat(behindFirst.rows()).isEqualTo(1);

    reader.open(behindFirst);
    assertThat(nextPage().item(0).jsonText()).isEqualTo("{\"id\":{\"N\":\"2\"}}");
    Page<LindormSplit> last = nextPage();
    assertThat(last.item(0).origin()).hasToString("t/split-0@2");
    assertThat(reader.nextPage()).isEmpty();
  }

  @Test
  void aPageIsAskedForAgainOnANewConnection() throws Exception {
    reader.open(SPLIT);
    nextPage();
    lindorm.stop();
    lindorm.restart();

    assertThat(nextPage().item(0).jsonText()).isEqualTo("{\"id\":{\"N\":\"2\"}}");
  }

  @Test
  void aServerThatStaysAwayIsLeftToTheRestartStrategy() throws Exception {
    reader.open(SPLIT);
    nextPage();
    lindorm.stop();

    assertThatThrownBy(() -> reader.nextPage())
        .isInstanceOf(OutageException.class)
        .hasMessageContaining(
            "Reading t/split-0 failed 9 times, at last with: the connection is refused")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aTableThatIsGoneEndsTheRunAtOnce() throws Exception {
    reader.open(SPLIT);
    nextPage();
    lindorm.execute("DROP TABLE t");

    assertEndsAtOnce("Table \"t\" not found");
  }

  @Test
  void aColumnThatIsGoneEndsTheRunAtOnce() throws Exception {
    lindorm.execute("CREATE TABLE w(ts TIMESTAMP, id INTEGER, v INTEGER, PRIMARY KEY(ts, id))");
    lindorm.execute("INSERT INTO w SELECT ts, id, id FROM t");
    // Its hint speaks of a timeout, which is none.
    LindormConfig config =
        LindormTables.withSplits(
            LindormTables.withTable(LindormTables.config(lindorm.url()), "w", "ts"),
            "operation-timeout: 5s");
    LindormSplitReader columns = reader(config, "v");
    columns.open(SPLIT);
    columns.nextPage();
    lindorm.execute("ALTER TABLE w DROP COLUMN v");
    reader = columns;

    assertEndsAtOnce("Column \"v\" not found");
  }

  /** Flink restarts no job for an ImportException; its code is exit code 4. */
  private void assertEndsAtOnce(String reason) {
    assertThatThrownBy(() -> reader.nextPage())
        .isInstanceOfSatisfying(
            ImportException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
              assertThat(e.problem())
                  .contains("refuses to go on with reading ", " behind row 1", reason);
              assertThat(e.remedy()).contains("--resume latest");
            });
    assertThat(pauses).hasValue(0);
  }

  @Test
  void aLoginThatIsRefusedLaterEndsTheJob() {
    LindormSplitReader refused =
        reader(LindormTables.withLogin(LindormTables.config(lindorm.url()), "root", "changed"));
    refused.open(SPLIT);

    assertThatThrownBy(refused::nextPage)
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
  }

  @Test
  void aKeyThatIsFinerThanItsTypeIsNoticed() {
    lindorm.execute("CREATE TABLE fine(ts TIMESTAMP(6), id INTEGER, PRIMARY KEY(ts, id))");
    lindorm.execute("INSERT INTO fine VALUES ('2023-01-01 00:00:00.000500', 1)");
    LindormSplitReader fine =
        reader(LindormTables.withTable(LindormTables.config(lindorm.url()), "fine", "ts"));
    fine.open(SPLIT);

    assertThatThrownBy(
            () -> {
              while (fine.nextPage().isPresent()) {
                // Read on.
              }
            })
        .isInstanceOf(ImportException.class)
        .hasMessage(
            "Table fine gave the same row again when asked for the rows behind it (split-0, row"
                + " 1)");
    fine.close();
  }
}
