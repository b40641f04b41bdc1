package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.OutageException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.FaultyProxy;
import io.dynaload.source.bounded.Page;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads over a proxy that cuts and stalls connections, with the real driver. */
@Timeout(60)
class LindormReconnectITCase {
  private static final int ROWS = 40;

  /** After which a reader takes a stalled connection for dead, where a test stalls one. */
  private static final int SOCKET_MILLIS = 1_000;

  private EmbeddedLindorm lindorm;
  private FaultyProxy proxy;

  @BeforeEach
  void fillTable() throws Exception {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    proxy = FaultyProxy.start("127.0.0.1", lindorm.port(), 7);
    lindorm.execute("CREATE TABLE t(n BIGINT, ts TIMESTAMP, PRIMARY KEY(n, ts))");
    lindorm.load(
        "INSERT INTO t VALUES (?, ?)",
        IntStream.range(0, ROWS)
            .mapToObj(i -> new @Nullable Object[] {i, LocalDateTime.parse("2023-01-02T00:00")})
            .iterator());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    lindorm.close();
  }

  private LindormConfig config() {
    return config("");
  }

  private LindormConfig config(String properties) {
    String url = "jdbc:lindorm:table:url=http://127.0.0.1:" + proxy.port() + properties;
    return LindormTables.withPages(LindormTables.config(url), 4, 3);
  }

  private static LindormSplit split() {
    return LindormSplit.unread(
        "split-0",
        List.of(
            new KeyColumn("n", ColumnType.BIGINT, false),
            new KeyColumn("ts", ColumnType.TIMESTAMP, false)),
        new KeyRange(new KeyValue.Integral(0), new KeyValue.Integral(ROWS), false));
  }

  private static List<String> rest(LindormSplitReader reader) {
    List<String> items = new ArrayList<>();
    try {
      for (Optional<Page<LindormSplit>> page = reader.nextPage();
          page.isPresent();
          page = reader.nextPage()) {
        for (int i = 0; i < page.get().size(); i++) {
          items.add(page.get().item(i).jsonText());
        }
      }
    } catch (Exception e) {
      throw new CompletionException(e);
    }
    return items;
  }

  private static List<String> numbers(int from) {
    return IntStream.range(from, ROWS).mapToObj(n -> "{\"n\":{\"N\":\"" + n + "\"}}").toList();
  }

  @Test
  void aConnectionThatWasCutWhileIdleIsReplaced() throws Exception {
    LindormSplitReader reader = new LindormSplitReader(config(), List.of("n"));
    reader.open(split());
    assertThat(reader.nextPage()).isPresent();

    proxy.cutNow();

    assertThat(rest(reader)).isEqualTo(numbers(3));
    reader.close();
  }

  @Test
  void aServerThatStallsIsWaitedForAndReadOn() throws Exception {
    LindormSplitReader reader =
        new LindormSplitReader(
            config(";lindorm.tsdb.driver.socket.timeout=" + SOCKET_MILLIS), List.of("n"));
    reader.open(split());
    assertThat(reader.nextPage()).isPresent();
    long before = proxy.accepted();

    proxy.stall();
    CompletableFuture<List<String>> rest = CompletableFuture.supplyAsync(() -> rest(reader));
    // One more connection: the reader has given up the first one.
    while (proxy.accepted() == before && !rest.isDone()) {
      Thread.onSpinWait();
    }
    proxy.pass();

    assertThat(rest.get(30, TimeUnit.SECONDS)).isEqualTo(numbers(3));
    reader.close();
  }

  /** The reader's clock stands still but for what the test adds. */
  private LindormSplitReader reader(AtomicLong nanos) {
    return new LindormSplitReader(
        config(), List.of("n"), new Retry(Duration.ofSeconds(30)), null, nanos::get);
  }

  @Test
  void aConnectionThatWasIdleForLongIsReplacedBeforeItIsUsed() throws Exception {
    AtomicLong nanos = new AtomicLong();
    LindormSplitReader reader = reader(nanos);
    reader.open(split());
    assertThat(reader.nextPage()).isPresent();
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(reader.nextPage()).isPresent();
    assertThat(proxy.accepted()).isEqualTo(1);

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(reader.nextPage()).isPresent();
    assertThat(proxy.accepted()).isEqualTo(2);

    assertThat(rest(reader)).isEqualTo(numbers(9));
    reader.close();
    await(this::noSocketIsHeld);
  }

  /** The driver closes its sockets when it is collected, and no sooner: it can be by now. */
  private boolean noSocketIsHeld() {
    System.gc();
    return proxy.open() == 0;
  }

  @Test
  void aConnectionThatIsCutAsIdleBetweenAnyTwoPagesLosesNothing() throws Exception {
    // Long beside what the server takes to answer on a busy machine.
    proxy.cutIdle(Duration.ofMillis(200));
    LindormSplitReader reader = reader(new AtomicLong());
    reader.open(split());
    List<String> items = new ArrayList<>();
    for (Optional<Page<LindormSplit>> page = reader.nextPage();
        page.isPresent();
        page = reader.nextPage()) {
      for (int i = 0; i < page.get().size(); i++) {
        items.add(page.get().item(i).jsonText());
      }
      await(() -> proxy.open() == 0);
    }

    assertThat(items).isEqualTo(numbers(0));
    assertThat(proxy.cuts()).isGreaterThanOrEqualTo(ROWS / 3);
    reader.close();
  }

  /** The server that comes back knows none of its connections: so does one that forgot them. */
  @Test
  void aConnectionThatTheServerHasForgottenIsReplaced() throws Exception {
    LindormSplitReader reader = reader(new AtomicLong());
    reader.open(split());
    assertThat(reader.nextPage()).isPresent();

    lindorm.stop();
    lindorm.restart();

    assertThat(rest(reader)).isEqualTo(numbers(3));
    reader.close();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aPlanIsMadeThoughItsConnectionsAreCut() {
    proxy.cutAfter(200, 8_000);
    LindormTable table = new LindormTable(config(), List.of("n"));

    List<LindormSplit> splits = table.plan(1, quick(() -> {}));

    assertThat(splits).hasSize(4);
    assertThat(proxy.cuts()).isPositive();
  }

  @Test
  void aPlanWhoseStatementsTimeOutIsTriedAgain() {
    lindorm.failStatementsLongerThan(0);
    LindormTable table = new LindormTable(config(), List.of("n"));
    AtomicLong pauses = new AtomicLong();
    Runnable recover =
        () -> {
          if (pauses.incrementAndGet() == 3) {
            lindorm.failStatementsLongerThan(Long.MAX_VALUE);
          }
        };

    assertThat(table.plan(1, quick(recover))).hasSize(4);
    assertThat(lindorm.timeouts()).isEqualTo(3);
  }

  @Test
  void aPlanThatCannotBeMadeIsLeftToTheRestartStrategy() {
    lindorm.stop();
    LindormTable table = new LindormTable(config(), List.of("n"));

    assertThatThrownBy(() -> table.plan(1, quick(() -> {})))
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("Planning table t failed ")
        .hasMessageNotContaining("secret");
  }

  /** Does not wait; each pause takes half a second by its clock. */
  private static Retry quick(Runnable pause) {
    AtomicLong pauses = new AtomicLong();
    return new Retry(
        Duration.ofSeconds(60),
        millis -> {
          pauses.incrementAndGet();
          pause.run();
        },
        () -> pauses.get() * Duration.ofMillis(500).toNanos());
  }

  @Test
  void connectionsThatAreCutAtAnyMomentLoseAndRepeatNothing() throws Exception {
    proxy.cutAfter(200, 20_000);
    LindormSplitReader reader = new LindormSplitReader(config(), List.of("n"));
    reader.open(split());

    assertThat(rest(reader)).isEqualTo(numbers(0));
    assertThat(proxy.cuts()).isPositive();
    reader.close();
  }

  @Test
  void oneConnectionServesAllSplitsOfAReader() throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    LindormSource source =
        new LindormSource(LindormTables.withPages(LindormTables.withColumns(config(), "n"), 10, 7));
    List<String> items = new ArrayList<>();
    try (CloseableIterator<Item> all =
        environment
            .fromSource(
                source.toFlinkSource(source.inspect()),
                WatermarkStrategy.noWatermarks(),
                "lindorm",
                ItemTypeInfo.INSTANCE)
            .executeAndCollect()) {
      all.forEachRemaining(item -> items.add(item.jsonText()));
    }

    assertThat(items).containsExactlyInAnyOrderElementsOf(numbers(0));
    // One to inspect, one to plan, one to read ten splits.
    assertThat(proxy.accepted()).isEqualTo(3);
  }
}
