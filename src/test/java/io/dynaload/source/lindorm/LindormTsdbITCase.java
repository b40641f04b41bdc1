package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedLindorm;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over the driver of LindormTSDB, which is another class than that of the tables. */
@Timeout(60)
class LindormTsdbITCase {
  private static final int ROWS = 40;

  private static EmbeddedLindorm lindorm;

  @BeforeAll
  static void fillTable() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute(
        "CREATE TABLE t(device VARCHAR, ts TIMESTAMP, v DOUBLE, PRIMARY KEY(ts, device))");
    // Two devices a moment; the first moment lies before the range.
    for (int i = -2; i < ROWS; i++) {
      lindorm.execute(
          "INSERT INTO t VALUES ('d%d', TIMESTAMP '2023-01-01 00:00:00' + INTERVAL '%d' HOUR, %d)"
              .formatted(i & 1, Math.floorDiv(i, 2), i));
    }
  }

  @AfterAll
  static void stop() {
    lindorm.close();
  }

  private static LindormConfig config() {
    String url = "jdbc:lindorm:tsdb:url=http://127.0.0.1:" + lindorm.port();
    return LindormTables.withColumns(LindormTables.withPages(LindormTables.config(url), 3, 7), "v");
  }

  private static List<String> rows() {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> "{\"v\":{\"N\":\"" + i + "\"}}")
        .sorted()
        .toList();
  }

  @Test
  void theRowsOfTheRangeAreReadOnce() throws Exception {
    assertThat(config().access().dialect()).isEqualTo(LindormDialect.TSDB);
    assertThat(Reads.table(config())).isEqualTo(rows());
  }
}
