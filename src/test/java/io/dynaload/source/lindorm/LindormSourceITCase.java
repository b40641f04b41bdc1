package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.Reading;
import io.dynaload.local.ReceivedStatement;
import io.dynaload.local.SensorReadings;
import io.dynaload.source.SourceSchema;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LindormSourceITCase {
  private static final Instant TO = Instant.parse("2023-02-01T00:00:00Z");
  private static final SensorReadings READINGS = new SensorReadings(8_000, 42);

  private EmbeddedLindorm lindorm;

  @BeforeEach
  void startLindorm() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
  }

  @AfterEach
  void stopLindorm() {
    lindorm.close();
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, java.time.Duration.ofMillis(50));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    environment.getConfig().disableGenericTypes();
    return environment;
  }

  private static DataStream<Item> stream(
      StreamExecutionEnvironment environment, LindormConfig config) {
    LindormSource source = new LindormSource(config);
    SourceSchema schema = source.inspect();
    return environment.fromSource(
        source.toFlinkSource(schema),
        WatermarkStrategy.noWatermarks(),
        "lindorm",
        ItemTypeInfo.INSTANCE);
  }

  private static List<Item> collect(DataStream<Item> stream) throws Exception {
    List<Item> items = new ArrayList<>();
    try (CloseableIterator<Item> all = stream.executeAndCollect()) {
      all.forEachRemaining(items::add);
    }
    return items;
  }

  private static List<Item> read(LindormConfig config, int parallelism) throws Exception {
    return collect(stream(environment(parallelism), config));
  }

  private static List<String> texts(List<Item> items) {
    return items.stream().map(Item::jsonText).sorted().toList();
  }

  private LindormConfig readings() {
    return LindormTables.withTable(LindormTables.config(lindorm.url()), "readings", "event_time");
  }

  private static List<String> expected() {
    return READINGS
        .between(SensorReadings.FROM, TO)
        .map(LindormSourceITCase::json)
        .sorted()
        .toList();
  }

  private static String json(Reading row) {
    StringBuilder json = new StringBuilder("{");
    json.append("\"event_time\":{\"S\":\"").append(millis(row.eventTime())).append("\"}");
    json.append(",\"sensor_id\":{\"S\":\"").append(row.sensorId()).append("\"}");
    json.append(",\"temperature\":{\"N\":\"").append(shortest(row.temperature())).append("\"}");
    if (row.humidity() != null) {
      json.append(",\"humidity\":{\"N\":\"").append(row.humidity().toPlainString()).append("\"}");
    }
    json.append(",\"battery\":{\"N\":\"").append(row.battery()).append("\"}");
    json.append(",\"ok\":{\"BOOL\":").append(row.ok()).append("}");
    if (row.note() != null) {
      json.append(",\"note\":{\"S\":\"").append(row.note()).append("\"}");
    }
    return json.append("}").toString();
  }

  private static String millis(Instant instant) {
    String text = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    int dot = text.indexOf('.');
    String seconds = text.length() == "2023-01-01T00:00".length() ? text + ":00" : text;
    return dot < 0 ? seconds + ".000Z" : (text + "00").substring(0, dot + 4) + "Z";
  }

  private static String shortest(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private List<ReceivedStatement> pages() {
    return lindorm.statements().stream().filter(s -> s.sql().contains(" LIMIT ")).toList();
  }

  @Test
  void theRowsOfTheRangeAreReadAndNoOthersLeaveTheServer() throws Exception {
    READINGS.loadInto(lindorm);
    LindormConfig config = LindormTables.withPages(readings(), null, 100);

    List<Item> items = read(config, 2);

    assertThat(texts(items)).isEqualTo(expected());
    assertThat(pages())
        .allSatisfy(
            page -> {
              assertThat(page.sql()).startsWith("SELECT `event_time`, ").endsWith(" LIMIT 100");
              assertThat(page.sql()).contains("WHERE `event_time` ").doesNotContain(" OR ");
              assertThat(page.parameters().get(0)).isInstanceOf(LocalDateTime.class);
            });
    assertThat(pages().stream().mapToLong(ReceivedStatement::rowsSent).sum())
        .isEqualTo(items.size());
    List<LocalDateTime> bounds =
        pages().stream()
            .filter(page -> page.sql().contains(">= ?"))
            .flatMap(page -> page.parameters().stream().map(LocalDateTime.class::cast))
            .distinct()
            .sorted()
            .toList();
    assertThat(bounds)
        .hasSize(65)
        .startsWith(LocalDateTime.parse("2023-01-01T00:00"))
        .endsWith(LocalDateTime.parse("2023-02-01T00:00"));
  }

  @Test
  void originsAreTheRowNumbersWithinASplit() throws Exception {
    READINGS.loadInto(lindorm);
    List<Item> items = read(LindormTables.withPages(readings(), 3, 7), 2);

    for (int split = 0; split < 3; split++) {
      String unit = "readings/split-" + split;
      List<Long> positions =
          items.stream()
              .filter(item -> item.origin().unit().equals(unit))
              .map(item -> item.origin().position())
              .toList();
      assertThat(positions).isNotEmpty().isSortedAccordingTo(Comparator.naturalOrder());
      assertThat(positions).doesNotHaveDuplicates().contains(0L, positions.size() - 1L);
    }
  }

  @Test
  void rowsAreReadOnceThoughTheJobFailsInBetween() throws Exception {
    READINGS.loadInto(lindorm);
    StreamExecutionEnvironment environment = environment(2);
    environment.enableCheckpointing(20);
    FailingMap.reset(3);

    List<Item> items =
        collect(
            stream(environment, LindormTables.withPages(readings(), 6, 500))
                .map(new FailingMap())
                .returns(ItemTypeInfo.INSTANCE));

    assertThat(FailingMap.FAILURES_LEFT.get()).isLessThanOrEqualTo(0);
    assertThat(texts(items)).isEqualTo(expected());
  }

  /** Fails a few times, each time some items after a checkpoint has gone by. */
  private static final class FailingMap
      implements MapFunction<Item, Item>, org.apache.flink.api.common.state.CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();
    private int checkpoints;
    private int items;

    static void reset(int failures) {
      FAILURES_LEFT.set(failures);
    }

    @Override
    public Item map(Item item) throws Exception {
      // Slow enough for checkpoints to fall into the middle of a page, until there is one at all.
      if (checkpoints == 0 || items % 50 == 0) {
        java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
      }
      items++;
      if (checkpoints > 0 && items % 333 == 0 && FAILURES_LEFT.getAndDecrement() > 0) {
        throw new java.io.IOException("failing on purpose");
      }
      return item;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      checkpoints++;
    }
  }

  @Test
  void readingGoesOnAfterTheServerCutsItsConnections() throws Exception {
    READINGS.loadInto(lindorm);
    CuttingMap.server = lindorm;
    CuttingMap.CUTS_LEFT.set(2);

    List<Item> items =
        collect(
            stream(environment(1), LindormTables.withPages(readings(), 2, 50))
                .map(new CuttingMap())
                .returns(ItemTypeInfo.INSTANCE));

    assertThat(CuttingMap.CUTS_LEFT.get()).isZero();
    assertThat(texts(items)).isEqualTo(expected());
  }

  /** Restarts the server after every thousandth item, a few times. */
  private static final class CuttingMap implements MapFunction<Item, Item> {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger CUTS_LEFT = new AtomicInteger();
    private static @Nullable EmbeddedLindorm server;
    private int items;

    @Override
    public Item map(Item item) {
      if (++items % 1_000 == 0 && CUTS_LEFT.get() > 0 && server != null) {
        CUTS_LEFT.decrementAndGet();
        server.stop();
        server.restart();
      }
      return item;
    }
  }

  @Test
  void aTableThatIsKeyedByANumberIsReadInRangesOfIt() throws Exception {
    lindorm.execute(
        "CREATE TABLE t(device BIGINT, ts TIMESTAMP, v INTEGER, PRIMARY KEY(device, ts))");
    lindorm.load(
        "INSERT INTO t VALUES (?, ?, ?)",
        IntStream.range(0, 3_000)
            .mapToObj(
                i ->
                    new @Nullable Object[] {
                      (i % 100) * 1_000_003L - 7_000_000,
                      LocalDateTime.parse("2022-12-20T00:00").plusHours(i / 2),
                      i
                    })
            .iterator());
    LindormConfig config = LindormTables.withPages(LindormTables.config(lindorm.url()), 5, 7);

    List<Item> items = read(LindormTables.withColumns(config, "v"), 2);

    // From hour 288 on, of two rows an hour: January has 744 hours.
    assertThat(texts(items))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(576, 576 + 1_488)
                .mapToObj(i -> "{\"v\":{\"N\":\"" + i + "\"}}")
                .toList());
    assertThat(pages().stream().filter(page -> page.sql().contains("`v`")))
        .isNotEmpty()
        .allSatisfy(
            page -> {
              assertThat(page.sql()).startsWith("SELECT `v`, `device`, `ts` FROM `t` WHERE ");
              assertThat(page.sql()).contains("`ts` >= ? AND `ts` < ?");
              assertThat(page.rowsSent()).isLessThanOrEqualTo(7);
            });
    assertThat(lindorm.rowsSent()).isLessThan(items.size() + 20L);
  }

  @Test
  void anEmptyTableGivesNothing() throws Exception {
    lindorm.execute("CREATE TABLE t(device DECIMAL(10,2), ts TIMESTAMP, PRIMARY KEY(device, ts))");

    assertThat(read(LindormTables.config(lindorm.url()), 2)).isEmpty();
  }

  @Test
  void everyTypeIsCarriedOverExactly() throws Exception {
    lindorm.execute(
        "CREATE TABLE t(ts TIMESTAMP, bo BOOLEAN, ti TINYINT, sm SMALLINT, i INTEGER, bi BIGINT,"
            + " f REAL, d DOUBLE, de DECIMAL(38,10), c CHAR(3), vc VARCHAR, bin BINARY(3),"
            + " vb VARBINARY, da DATE, tm TIME, ts2 TIMESTAMP, PRIMARY KEY(ts))");
    lindorm.execute(
        "INSERT INTO t VALUES ('2023-01-31 23:59:59.999', TRUE, -128, 32767, -2147483648,"
            + " 9223372036854775807, 0.1, 0.1, 1234567890123456789012345678.1200000000, 'abc',"
            + " 'Grüße \"\\ 😀', X'00FF10', X'', '2023-01-31', '10:20:30', '1969-12-31 23:59:59')");
    lindorm.execute("INSERT INTO t(ts) VALUES ('2023-01-01 00:00:00')");
    lindorm.execute("INSERT INTO t(ts) VALUES ('2023-02-01 00:00:00')");
    lindorm.execute("INSERT INTO t(ts) VALUES ('2022-12-31 23:59:59.999')");

    List<Item> items = read(LindormTables.config(lindorm.url()), 1);

    assertThat(texts(items))
        .containsExactly(
            "{\"ts\":{\"S\":\"2023-01-01T00:00:00.000Z\"}}",
            "{\"ts\":{\"S\":\"2023-01-31T23:59:59.999Z\"},\"bo\":{\"BOOL\":true},"
                + "\"ti\":{\"N\":\"-128\"},\"sm\":{\"N\":\"32767\"},\"i\":{\"N\":\"-2147483648\"},"
                + "\"bi\":{\"N\":\"9223372036854775807\"},\"f\":{\"N\":\"0.1\"},"
                + "\"d\":{\"N\":\"0.1\"},"
                + "\"de\":{\"N\":\"1234567890123456789012345678.1200000000\"},"
                + "\"c\":{\"S\":\"abc\"},\"vc\":{\"S\":\"Grüße \\\"\\\\ 😀\"},"
                + "\"bin\":{\"B\":\"AP8Q\"},\"vb\":{\"B\":\"\"},\"da\":{\"S\":\"2023-01-31\"},"
                + "\"tm\":{\"S\":\"10:20:30\"},\"ts2\":{\"S\":\"1969-12-31T23:59:59.000Z\"}}");
  }

  @Test
  void keysOfEveryTypeArePagedThrough() throws Exception {
    List<String> types =
        List.of(
            "SMALLINT",
            "DECIMAL(9,3)",
            "DOUBLE",
            "REAL",
            "VARCHAR",
            "BOOLEAN",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "VARBINARY");
    List<String> values =
        List.of(
            "2|-3|7",
            "2.5|-3.125|7",
            "0.1|-2.5|1e100",
            "0.1|-2.5|7",
            "'a'|'ä'|'zz'",
            "TRUE|FALSE",
            "'2023-01-01'|'1969-05-05'|'2024-02-29'",
            "'10:20:30'|'00:00:00'|'23:59:59'",
            "'2023-01-01 10:00:00.123'|'2023-01-01 10:00:00.124'|'1969-01-01 00:00:00.001'",
            "X'00'|X'0000'|X'FF'");
    for (int i = 0; i < types.size(); i++) {
      String table = "keys" + i;
      lindorm.execute(
          "CREATE TABLE "
              + table
              + "(n INTEGER, k "
              + types.get(i)
              + ", ts TIMESTAMP, PRIMARY KEY(n, k, ts))");
      int rows = 0;
      for (String value : values.get(i).split("\\|", -1)) {
        for (String row :
            List.of("1, %s, '2023-01-02'", "1, %s, '2023-01-03'", "2, %s, '2023-01-02'")) {
          lindorm.execute("INSERT INTO " + table + " VALUES (" + row.formatted(value) + ")");
          rows++;
        }
      }
      LindormConfig config =
          LindormTables.withPages(
              LindormTables.withTable(LindormTables.config(lindorm.url()), table, "ts"), 1, 1);
      assertThat(texts(read(config, 1))).as(types.get(i)).hasSize(rows).doesNotHaveDuplicates();
    }
  }
}
