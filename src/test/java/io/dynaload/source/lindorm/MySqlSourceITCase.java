package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.local.MariaDb;
import io.dynaload.local.NeedsMariaDb;
import io.dynaload.source.bounded.PageReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over Connector/J. The server's own time zone is UTC+8, as Lindorm's is. */
@NeedsMariaDb
@Timeout(120)
class MySqlSourceITCase {
  private static MariaDb server;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDb.start("--default-time-zone=+08:00");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void create(String columns) throws Exception {
    MySqlTables.create(server, columns);
  }

  private static void insert(List<String> rows) throws Exception {
    MySqlTables.insert(server, rows);
  }

  private static LindormConfig paged(int splits, int pageSize) {
    return LindormTables.withPages(MySqlTables.config(server.url()), splits, pageSize);
  }

  private static String number(int value) {
    return "{\"v\":{\"N\":\"" + value + "\"}}";
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(MySqlSourceITCase::number).sorted().toList();
  }

  /** 3,000 rows, half an hour apart, from 2022-12-20 on; those of January are 576 to 2,064. */
  private static void fillByDevice() throws Exception {
    create("device BIGINT, ts DATETIME(3), v INTEGER, PRIMARY KEY(device, ts)");
    insert(
        IntStream.range(0, 3_000)
            .mapToObj(
                i ->
                    "(%d, '2022-12-20' + INTERVAL %d MINUTE, %d)"
                        .formatted((i % 100) * 1_000_003L - 7_000_000, i * 30, i))
            .toList());
  }

  @Test
  void exactlyTheRowsOfTheRangeAreReadInParallel() throws Exception {
    fillByDevice();

    List<String> items =
        MySqlTables.read(LindormTables.withColumns(paged(5, 7), "v"), 2, item -> item);

    assertThat(items).isEqualTo(numbers(576, 2_064));
  }

  @Test
  void readingGoesOnAfterTheServerWasRestarted() throws Exception {
    fillByDevice();
    RestartingMap.restartsLeft.set(2);

    List<String> items =
        MySqlTables.read(LindormTables.withColumns(paged(2, 20), "v"), 1, new RestartingMap());

    assertThat(RestartingMap.restartsLeft).hasValue(0);
    assertThat(items).isEqualTo(numbers(576, 2_064));
  }

  /** Restarts the server after every 500th item, a few times. */
  private static final class RestartingMap implements MapFunction<Item, Item> {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger restartsLeft = new AtomicInteger();
    private int items;

    @Override
    public Item map(Item item) throws Exception {
      if (++items % 500 == 0 && restartsLeft.get() > 0) {
        restartsLeft.decrementAndGet();
        server.restart();
      }
      return item;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DATETIME(6)", "TIMESTAMP(6)"})
  void noZoneShiftsATimestampNorABound(String type) throws Exception {
    List<String> urls =
        List.of(
            "",
            "?connectionTimeZone=Asia/Shanghai",
            "?serverTimezone=America/New_York&preserveInstants=true",
            "?sessionVariables=time_zone='-05:00'");
    create("ts " + type + " NOT NULL, PRIMARY KEY(ts)");
    List<String> inRange = new ArrayList<>();
    for (String time :
        List.of(
            "2023-01-01 00:00:00",
            "2023-01-01 00:00:00.000001",
            "2023-01-01 07:59:59.999999",
            "2023-01-31 16:00:00.5",
            "2023-01-31 23:59:59.999999")) {
      insert(List.of("('" + time + "')"));
      String fraction = (time + (time.contains(".") ? "" : ".") + "000000").substring(20, 26);
      String shown = fraction.endsWith("000") ? fraction.substring(0, 3) : fraction + "000";
      inRange.add(
          "{\"ts\":{\"S\":\"" + time.replace(' ', 'T').substring(0, 19) + "." + shown + "Z\"}}");
    }
    insert(List.of("('2022-12-31 23:59:59.999999')", "('2023-02-01 00:00:00')"));
    Collections.sort(inRange);

    for (String url : urls) {
      LindormConfig config = LindormTables.withPages(MySqlTables.config(server.url() + url), 3, 1);
      assertThat(MySqlTables.read(config)).as(url).isEqualTo(inRange);
    }
  }

  @Test
  void aSessionWhoseZoneIsLeftAloneShowsTheServersTime() throws Exception {
    create("ts DATETIME, v TIMESTAMP, PRIMARY KEY(ts)");
    insert(List.of("('2023-01-02', '2023-01-02')"));

    assertThat(
            MySqlTables.read(
                MySqlTables.config(server.url() + "?forceConnectionTimeZoneToSession=false")))
        .containsExactly(
            "{\"ts\":{\"S\":\"2023-01-02T00:00:00.000Z\"},"
                + "\"v\":{\"S\":\"2023-01-02T08:00:00.000Z\"}}");
  }

  @Test
  void everyTypeIsCarriedOverExactly() throws Exception {
    create(
        "ts DATETIME, bo BOOLEAN, b1 BIT(1), b8 BIT(8), t1 TINYINT(1), ti TINYINT, tu TINYINT"
            + " UNSIGNED, sm SMALLINT, su SMALLINT UNSIGNED, me MEDIUMINT, i INT, iu INT UNSIGNED,"
            + " bi BIGINT, bu BIGINT UNSIGNED, f FLOAT, d DOUBLE, de DECIMAL(38,10), c CHAR(3), vc"
            + " VARCHAR(40) CHARACTER SET utf8mb4, tx LONGTEXT, e ENUM('x','y'), js JSON, bin"
            + " BINARY(3), vb VARBINARY(9), bl LONGBLOB, y YEAR, da DATE, tm TIME(6), t2"
            + " TIMESTAMP(6) NULL, PRIMARY KEY(ts)");
    insert(
        List.of(
            "('2023-01-31 23:59:59', TRUE, b'0', b'10000001', 0, -128, 255, 32767, 65535,"
                + " -8388608, -2147483648, 4294967295, -9223372036854775808, 18446744073709551615,"
                + " 16777217, 0.1, 1234567890123456789012345678.12, 'abc', 'Grüße \"\\\\ 😀', 'x',"
                + " 'y', '{\"a\": [1]}', X'00FF10', X'', X'00FF', 2023, '1000-01-01',"
                + " '23:59:59.999999', '2023-01-01 00:00:00.000001')"));
    server.execute("INSERT INTO t(ts) VALUES ('2023-01-01 00:00:00')");

    assertThat(MySqlTables.read(MySqlTables.config(server.url())))
        .containsExactly(
            "{\"ts\":{\"S\":\"2023-01-01T00:00:00.000Z\"}}",
            "{\"ts\":{\"S\":\"2023-01-31T23:59:59.000Z\"},\"bo\":{\"BOOL\":true},"
                + "\"b1\":{\"BOOL\":false},\"b8\":{\"B\":\"gQ==\"},\"t1\":{\"BOOL\":false},"
                + "\"ti\":{\"N\":\"-128\"},\"tu\":{\"N\":\"255\"},\"sm\":{\"N\":\"32767\"},"
                + "\"su\":{\"N\":\"65535\"},\"me\":{\"N\":\"-8388608\"},"
                + "\"i\":{\"N\":\"-2147483648\"},\"iu\":{\"N\":\"4294967295\"},"
                + "\"bi\":{\"N\":\"-9223372036854775808\"},"
                + "\"bu\":{\"N\":\"18446744073709551615\"},\"f\":{\"N\":\"1.6777216E7\"},"
                + "\"d\":{\"N\":\"0.1\"},"
                + "\"de\":{\"N\":\"1234567890123456789012345678.1200000000\"},"
                + "\"c\":{\"S\":\"abc\"},\"vc\":{\"S\":\"Grüße \\\"\\\\ 😀\"},"
                + "\"tx\":{\"S\":\"x\"},\"e\":{\"S\":\"y\"},\"js\":{\"S\":\"{\\\"a\\\": [1]}\"},"
                + "\"bin\":{\"B\":\"AP8Q\"},\"vb\":{\"B\":\"\"},\"bl\":{\"B\":\"AP8=\"},"
                + "\"y\":{\"N\":\"2023\"},\"da\":{\"S\":\"1000-01-01\"},"
                + "\"tm\":{\"S\":\"23:59:59.999999\"},"
                + "\"t2\":{\"S\":\"2023-01-01T00:00:00.000001000Z\"}}");
  }

  @Test
  void aTinyintThatIsNoBooleanIsNotMadeOne() throws Exception {
    create("ts DATETIME, v TINYINT(1), PRIMARY KEY(ts)");
    insert(List.of("('2023-01-01', 5)"));

    assertThatThrownBy(() -> MySqlTables.read(MySqlTables.config(server.url())))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining(
            "Column v is a TINYINT(1), which is read as a boolean, but holds a number that is"
                + " neither 0 nor 1");
  }

  @Test
  void aTinyintOfOneDigitIsANumberWhereTheUrlSaysSo() throws Exception {
    create("ts DATETIME, v TINYINT(1), PRIMARY KEY(ts)");
    insert(List.of("('2023-01-01', 5)"));
    LindormConfig config =
        LindormTables.withColumns(MySqlTables.config(server.url() + "?tinyInt1isBit=false"), "v");

    assertThat(new LindormSource(config).inspect().attributes()).containsEntry("v", "N");
    assertThat(MySqlTables.read(config)).containsExactly(number(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SMALLINT|2|-3|7",
        "INT UNSIGNED|0|4294967295|2147483648",
        "BIGINT UNSIGNED|0|18446744073709551615|9223372036854775808",
        "DECIMAL(9,3)|2.5|-3.125|7",
        "DOUBLE|0.1|-2.5|1e100",
        "FLOAT|0.1|-2.5|16777215",
        "VARCHAR(9) COLLATE utf8mb4_general_ci|'a'|'ä b'|'B'",
        "BOOLEAN|TRUE|FALSE",
        "DATE|'2023-01-01'|'1000-05-05'|'2024-02-29'",
        "TIME(6)|'10:20:30'|'00:00:00.000001'|'23:59:59.999999'",
        "DATETIME(6)|'2023-01-01 10:00:00.123456'|'2023-01-01 10:00:00.123457'|'1000-01-01'",
        "TIMESTAMP(6)|'2023-01-01 10:00:00.123456'|'2023-01-01 10:00:00.123457'|'1971-01-01'",
        "VARBINARY(9)|X'00'|X'0000'|X'FF'"
      })
  void keysOfEveryTypeArePagedThrough(String typeAndValues) throws Exception {
    List<String> parts = List.of(typeAndValues.split("\\|", -1));
    create("v INT, ts TIMESTAMP(3), k " + parts.get(0) + ", n INT, PRIMARY KEY(n, k, ts)");
    List<String> rows = new ArrayList<>();
    for (String value : parts.subList(1, parts.size())) {
      for (String key :
          List.of("1, '2023-01-02'", "1, '2023-01-02 00:00:00.001'", "2, '2023-01-02'")) {
        String[] nAndTime = key.split(", ", 2);
        rows.add("(%d, %s, %s, %s)".formatted(rows.size(), nAndTime[1], value, nAndTime[0]));
      }
    }
    insert(rows);

    for (int pageSize : List.of(1, 2, rows.size(), rows.size() + 1)) {
      assertThat(MySqlTables.read(LindormTables.withColumns(paged(1, pageSize), "v")))
          .as("pages of %d", pageSize)
          .isEqualTo(numbers(0, rows.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENUM('low','mid','high')", "SET('low','mid','high')"})
  void aKeyThatBeginsWithAListOfNamesIsReadByItsNames(String type) throws Exception {
    create("v INT, e " + type + ", ts DATETIME, PRIMARY KEY(e, ts)");
    insert(List.of("(0, 'low', '2023-01-02')", "(1, 'high', '2023-01-02')"));
    insert(List.of("(2, 'mid', '2023-01-02')", "(3, 'mid', '2023-01-03')"));
    LindormConfig config =
        LindormTables.withSplits(
            MySqlTables.config(server.url()), "key-values: [low, mid, high]\npage-size: 1");

    assertThat(MySqlTables.read(LindormTables.withColumns(config, "v"))).isEqualTo(numbers(0, 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 6})
  void rowsThatKeyColumnsDoNotTellApartEndTheRun(int pageSize) throws Exception {
    create("v INT, ts DATETIME");
    insert(
        IntStream.range(0, 5)
            .mapToObj(i -> "(%d, '2023-01-0%d')".formatted(i, 2 + i / 4))
            .toList());
    LindormConfig config = LindormTables.withKeyColumns(paged(1, pageSize), "ts");

    assertThatThrownBy(() -> MySqlTables.read(config))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith("Table t has more than one row of the same key (split-0, row 1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VARCHAR(9) COLLATE utf8mb4_general_ci | boundaries: [Z, a] |"
            + " boundaries.1: a does not come after Z",
        "VARCHAR(9) COLLATE utf8mb4_general_ci | boundaries: [a, ä] |"
            + " boundaries.1: ä does not come after a",
        "VARCHAR(9) COLLATE utf8mb4_general_ci | key-values: [abc, mid, ABC] |"
            + " key-values.2: ABC is the same as abc, which stands at 0",
        "VARCHAR(9) COLLATE utf8mb4_bin | key-values: [abc, 'abc '] |"
            + " key-values.1: abc  is the same as abc, which stands at 0",
        "VARCHAR(9) CHARACTER SET latin1 | key-values: [é, e] |"
            + " key-values.1: e is the same as é, which stands at 0",
        "ENUM('abc','mid') | key-values: [abc, ABC] |"
            + " key-values.1: ABC is the same as abc, which stands at 0",
      })
  void givenTextsAreComparedByTheServer(String type, String line, String problem) throws Exception {
    create("v INT, site " + type + ", ts DATETIME, PRIMARY KEY(site, ts)");
    LindormConfig config = LindormTables.withSplits(MySqlTables.config(server.url()), line);

    assertThatThrownBy(() -> MySqlTables.read(config))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessage(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VARCHAR(9) COLLATE utf8mb4_general_ci | boundaries: [a, Z]",
        "VARCHAR(9) COLLATE utf8mb4_general_ci | key-values: [abc, Mid, zoo, \"\\tq\"]",
        "VARCHAR(9) COLLATE utf8mb4_bin | boundaries: [Z, a]",
        "CHAR(9) COLLATE utf8mb4_nopad_bin | boundaries: [Z, a]",
      })
  void textIsCutAsTheServerSortsIt(String type, String line) throws Exception {
    create("v INT, site " + type + ", ts DATETIME, PRIMARY KEY(site, ts)");
    insert(
        List.of(
            "(0, 'ABC', '2023-01-02')",
            "(1, 'mid', '2023-01-02')",
            "(2, 'ZOO', '2023-01-02')",
            // Before the empty text where blanks are added to compare.
            "(3, '\tq', '2023-01-02')"));
    if (line.contains("_values") || type.contains("_bin")) {
      insert(List.of("(4, 'abc', '2023-01-02')"));
    }
    LindormConfig config = LindormTables.withSplits(MySqlTables.config(server.url()), line);

    assertThat(MySqlTables.read(LindormTables.withColumns(config, "v")))
        .isEqualTo(numbers(0, type.contains("_bin") ? 5 : 4));
  }

  @Test
  void uuidsAreCutAsTheServerSortsThem() throws Exception {
    create("v INT, site UUID, ts DATETIME, PRIMARY KEY(site, ts)");
    List<String> ids =
        List.of("00000002-0000-1000-8000-000000000001", "00000001-0000-1000-8000-000000000002");
    insert(
        IntStream.range(0, 2)
            .mapToObj(i -> "(%d, '%s', '2023-01-02')".formatted(i, ids.get(i)))
            .toList());
    LindormConfig config = MySqlTables.config(server.url());
    LindormConfig ascending =
        LindormTables.withSplits(config, "boundaries: [" + String.join(", ", ids) + "]");
    LindormConfig descending =
        LindormTables.withSplits(config, "boundaries: [" + ids.get(1) + ", " + ids.get(0) + "]");

    assertThat(MySqlTables.read(LindormTables.withColumns(ascending, "v")))
        .isEqualTo(numbers(0, 2));
    assertThatThrownBy(() -> MySqlTables.read(descending)).isInstanceOf(ImportException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "boundaries: [5]"})
  void decimalsOfMoreDigitsThanLindormsAreRead(String lines) throws Exception {
    create("v INT, k DECIMAL(60,0), ts DATETIME, PRIMARY KEY(k, ts)");
    insert(
        List.of(
            "(0, -1" + "0".repeat(50) + ", '2023-01-02')",
            "(1, 7, '2023-01-02')",
            "(2, 1" + "0".repeat(50) + ", '2023-01-02')"));
    LindormConfig config = LindormTables.withSplits(MySqlTables.config(server.url()), lines);

    assertThat(MySqlTables.read(LindormTables.withColumns(config, "v"))).isEqualTo(numbers(0, 3));
  }

  @Test
  void aTableThatIsGoneEndsTheReadAtOnce() throws Exception {
    fillByDevice();
    LindormTable table = new LindormTable(paged(1, 10), List.of("v"));
    try (PageReader<LindormSplit> reader = table.reader()) {
      reader.open(table.plan(1).get(0));
      assertThat(reader.nextPage()).isPresent();
      server.execute("DROP TABLE t");

      assertThatThrownBy(reader::nextPage)
          .isInstanceOfSatisfying(
              ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
          .hasMessageContaining("refuses to go on with reading t/split-0 behind row 10: ")
          .hasMessageContaining("doesn't exist");
    }
  }

  @Test
  void secondsInAnIntegerAreReadWhateverTheRange() throws Exception {
    create("ts INT, v INT, PRIMARY KEY(ts)");
    insert(List.of("(-2147483648, 0)", "(1672531199, 1)", "(1672531200, 2)", "(2147483647, 3)"));
    LindormConfig config =
        LindormTables.withEncoding(
            LindormTables.withColumns(paged(3, 2), "v"),
            new TimestampEncoding(
                TimestampEncoding.Kind.EPOCH_S, null, java.time.ZoneId.of("UTC")));
    java.time.Instant never = java.time.Instant.parse("2400-01-01T00:00:00Z");

    assertThat(MySqlTables.read(config)).isEqualTo(numbers(2, 3));
    assertThat(MySqlTables.read(LindormTables.withRange(config, LindormTables.FROM, never)))
        .isEqualTo(numbers(2, 4));
    assertThat(
            MySqlTables.read(
                LindormTables.withRange(
                    config, java.time.Instant.parse("1500-01-01T00:00:00Z"), never)))
        .isEqualTo(numbers(0, 4));
  }

  @ParameterizedTest
  @CsvSource({"TIME, 100:00:00", "TIME, -00:00:01", "DATE, 0000-00-00"})
  void aTimeThatIsNoneRejectsItsRow(String type, String text) throws Exception {
    create("ts DATETIME, v " + type + ", PRIMARY KEY(ts)");
    server.execute(
        "SET STATEMENT sql_mode = '' FOR INSERT INTO t VALUES ('2023-01-02', '" + text + "')");
    LindormSource source = new LindormSource(MySqlTables.config(server.url()));

    List<Item> items = Reads.all(source.connector(source.inspect()));

    assertThat(items).extracting(Item::kind).containsExactly(Item.Kind.REJECTED);
    assertThat(items.get(0).rejection().reason())
        .isEqualTo("attribute v: the value is no " + type + " that can be read");
    assertThat(items.get(0).jsonText()).contains("\"v\":{\"S\":\"" + text + "\"}");
  }

  @Test
  void aKeyThatIsNoTimeEndsTheRunAtOnce() throws Exception {
    create("v INT, ts DATETIME, k TIME, PRIMARY KEY(ts, k)");
    insert(List.of("(1, '2023-01-02', '100:00:00')"));

    assertThatThrownBy(() -> MySqlTables.read(MySqlTables.config(server.url())))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
        .hasMessage("A key column holds a value that is no TIME that can be read");
  }

  @Test
  void anEmptyTableGivesNothing() throws Exception {
    create("device BIGINT UNSIGNED, ts TIMESTAMP, PRIMARY KEY(device, ts)");

    assertThat(MySqlTables.read(MySqlTables.config(server.url()))).isEmpty();
  }
}
