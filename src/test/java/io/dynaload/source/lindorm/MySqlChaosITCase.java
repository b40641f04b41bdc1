package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.local.FaultyProxy;
import io.dynaload.local.FaultyProxy.Fault;
import io.dynaload.local.MariaDb;
import io.dynaload.local.NeedsMariaDb;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads over Connector/J while its connections are cut, stalled and closed as idle. */
@NeedsMariaDb
@Timeout(120)
class MySqlChaosITCase {
  private static final int ROWS = 6_000;

  /** After which a reader takes a stalled connection for dead. */
  private static final int SOCKET_MILLIS = 500;

  private static MariaDb server;

  @BeforeAll
  static void fillTable() throws Exception {
    server = MariaDb.start();
    MySqlTables.create(server, "device BIGINT, ts DATETIME(3), v INT, PRIMARY KEY(device, ts)");
    server.execute(
        "INSERT INTO t SELECT MOD(seq, 50) * 1000003, '2023-01-02' + INTERVAL seq SECOND, seq"
            + " FROM seq_0_to_"
            + (ROWS - 1));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyRowIsReadOnceWhateverBreaks(long seed) throws Exception {
    try (FaultyProxy proxy = FaultyProxy.start("127.0.0.1", server.port(), seed)) {
      String url =
          "jdbc:mysql://127.0.0.1:" + proxy.port() + "/things?socketTimeout=" + SOCKET_MILLIS;
      LindormConfig config = LindormTables.withPages(MySqlTables.config(url), 8, 100);
      Chaos.begin(proxy);

      List<String> items = MySqlTables.read(LindormTables.withColumns(config, "v"), 2, new Chaos());

      assertThat(items)
          .isEqualTo(
              IntStream.range(0, ROWS)
                  .mapToObj(i -> "{\"v\":{\"N\":\"" + i + "\"}}")
                  .sorted()
                  .toList());
      assertThat(proxy.decisions())
          .extracting(FaultyProxy.Decision::fault)
          .contains(Fault.CUT, Fault.STALL);
      assertThat(proxy.cuts()).as("connections that were cut").isGreaterThan(5);
    }
  }

  /** Lets things go wrong from the first row on: what looks at the table before is not retried. */
  private static final class Chaos implements MapFunction<Item, Item> {
    private static final long serialVersionUID = 1L;
    private static final AtomicLong READ = new AtomicLong();
    private static final AtomicReference<FaultyProxy> PROXY = new AtomicReference<>();

    static void begin(FaultyProxy proxy) {
      PROXY.set(proxy);
      READ.set(0);
    }

    @Override
    public Item map(Item item) {
      long row = READ.incrementAndGet();
      if (row == 1) {
        FaultyProxy proxy = Objects.requireNonNull(PROXY.get());
        proxy.cutIdle(Duration.ofMillis(100));
        proxy.atRandom(0.9, 2_000, 30_000, Fault.CUT, Fault.CUT, Fault.CUT, Fault.STALL);
      }
      if (row % 1_000 == 0) {
        // Long enough for a connection to be taken for idle.
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      return item;
    }
  }
}
