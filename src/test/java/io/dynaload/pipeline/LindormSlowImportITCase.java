package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.ReceivedStatement;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole imports from a Lindorm that gives up every statement over more than a few rows. */
@Timeout(90)
class LindormSlowImportITCase {
  private static final long ROWS = 4_000;
  private static final long PATIENCE = 60;

  @TempDir private Path folder;
  private LocalImport local;

  @BeforeEach
  void startTheServers() throws Exception {
    local = LocalImport.start(ROWS, folder);
  }

  @AfterEach
  void stopTheServers() {
    local.close();
  }

  @Test
  void aTableThatIsStoredByTimeComesOverInSmallerPages() throws Exception {
    local.lindorm().failStatementsLongerThan(PATIENCE);

    assertWhole("source.split-count=4");
    assertThat(statements(" LIMIT 50")).isPositive();
    assertThat(statements(" LIMIT 200")).isZero();
  }

  /** Half of the numbers are of February: their ranges hold rows to skip and none to find. */
  @Test
  void aTableThatIsStoredByANumberComesOverInHalvedRanges() throws Exception {
    local
        .lindorm()
        .execute(
            "CREATE TABLE numbered(n BIGINT, event_time TIMESTAMP, sensor_id VARCHAR, temperature"
                + " DOUBLE, humidity DECIMAL(5,2), battery INTEGER, ok BOOLEAN, note VARCHAR,"
                + " PRIMARY KEY(n))");
    local
        .lindorm()
        .execute(
            "INSERT INTO numbered SELECT ROW_NUMBER() OVER (ORDER BY event_time, sensor_id), r.*"
                + " FROM readings r");
    local.lindorm().failStatementsLongerThan(PATIENCE);

    assertWhole(
        "source.table=numbered",
        "source.split-count=3",
        "source.columns=[event_time, sensor_id, temperature, humidity, battery, ok, note]");
    assertThat(statements(" LIMIT 16")).isPositive();
  }

  private void assertWhole(String... overrides) throws Exception {
    PreparedImport prepared = PreparedImport.prepare(local.read(overrides), null);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun.Result result = cluster.submit(prepared.toJob()).result();
      assertThat(result.failure()).isEmpty();
      Ledger ledger = result.report().ledger();
      assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
      assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
      assertThat(ledger.get(Count.READ)).isEqualTo(local.expectedRows());
      assertThat(ledger.get(Count.WRITTEN)).isEqualTo(local.expectedRows());
    }
    local.assertWhole();
    assertThat(local.lindorm().timeouts()).isPositive();
  }

  /** How many pages came in time with this at their end. */
  private long statements(String end) {
    return local.lindorm().statements().stream()
        .map(ReceivedStatement::sql)
        .filter(sql -> sql.endsWith(end))
        .count();
  }
}
