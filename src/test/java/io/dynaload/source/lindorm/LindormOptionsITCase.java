package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.ReceivedStatement;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LindormOptionsITCase {
  private static EmbeddedLindorm lindorm;

  @BeforeAll
  static void fillTables() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute("CREATE TABLE ms(ts BIGINT, id INTEGER, PRIMARY KEY(ts, id))");
    lindorm.execute("CREATE TABLE sec(id INTEGER, ts BIGINT, PRIMARY KEY(id))");
    lindorm.execute("CREATE TABLE days(ts VARCHAR, id INTEGER, PRIMARY KEY(ts, id))");
    for (int i = 0; i < 40; i++) {
      Instant at = Instant.parse("2022-12-31T00:00:00Z").plusSeconds(i * 86_400L - i % 2);
      lindorm.execute("INSERT INTO ms VALUES (" + at.toEpochMilli() + ", " + i + ")");
      lindorm.execute("INSERT INTO sec VALUES (" + i + ", " + at.getEpochSecond() + ")");
      String day = at.atZone(ZoneId.of("Asia/Shanghai")).toLocalDate().toString();
      lindorm.execute("INSERT INTO days VALUES ('" + day + "', " + i + ")");
    }
    lindorm.execute(
        "CREATE TABLE v(ts TIMESTAMP, j JSON, t VARCHAR, da DATE, n INTEGER, PRIMARY KEY(ts))");
    lindorm.execute(
        "INSERT INTO v VALUES ('2023-01-01 00:00:00.500', JSON '{\"a\":[1.50,null]}',"
            + " '{\"b\":{}}', '2023-01-02', 3)");
    lindorm.execute("INSERT INTO v(ts) VALUES ('2023-01-02 00:00:00')");
  }

  @AfterAll
  static void stop() {
    lindorm.close();
  }

  private static LindormConfig config(String table) {
    return LindormTables.withPages(
        LindormTables.withTable(LindormTables.config(lindorm.url()), table, "ts"), 3, 5);
  }

  private static LindormConfig encoded(String table, TimestampEncoding.Kind kind) {
    return LindormTables.withEncoding(
        config(table), new TimestampEncoding(kind, null, ZoneId.of("UTC")));
  }

  private static List<String> ids(LindormConfig config) throws Exception {
    return Reads.table(LindormTables.withColumns(config, "id"));
  }

  private static List<String> ids(int from, int to) {
    return java.util.stream.IntStream.range(from, to)
        .mapToObj(i -> "{\"id\":{\"N\":\"" + i + "\"}}")
        .sorted()
        .toList();
  }

  private static ReceivedStatement lastPage() {
    List<ReceivedStatement> all = lindorm.statements();
    return all.get(all.size() - 1);
  }

  @Test
  void millisecondsThatLeadTheKeyAreSliced() throws Exception {
    // Row 1 is one second before the range, rows 32 and 33 are the first behind it.
    assertThat(ids(encoded("ms", TimestampEncoding.Kind.EPOCH_MS))).isEqualTo(ids(2, 32));
    assertThat(lastPage().sql())
        .isEqualTo(
            "SELECT `id`, `ts` FROM `ms` WHERE `ts` > ? AND `ts` < ?"
                + " ORDER BY `ts`, `id` LIMIT 5");
    assertThat(lastPage().parameters().get(1)).isEqualTo(1_675_209_600_000L);
  }

  @Test
  void secondsBesideTheKeyAreAFilter() throws Exception {
    assertThat(ids(encoded("sec", TimestampEncoding.Kind.EPOCH_S))).isEqualTo(ids(2, 32));
    assertThat(lastPage().sql()).contains(" AND `ts` >= ? AND `ts` < ? ORDER BY `id` LIMIT 5");
    assertThat(lastPage().parameters()).contains(1_672_531_200L, 1_675_209_600L);
  }

  /**
   * Seconds of a day each, from 1901 to 2038, which is all that an INTEGER can hold.
   *
   * @param key of the columns ts and id
   */
  private static void fillSeconds(String table, String key) {
    lindorm.execute("CREATE TABLE " + table + "(ts INTEGER, id INTEGER, PRIMARY KEY(" + key + "))");
    lindorm.execute(
        "INSERT INTO "
            + table
            + " SELECT CASE WHEN x = 49709 THEN 2147483647 ELSE -2147483648 + x * 86400 END, x"
            + " FROM SYSTEM_RANGE(0, 49709) WHERE MOD(x, 1000) = 0 OR x IN (1, 49708, 49709)");
  }

  private static final List<Integer> SECONDS =
      java.util.stream.IntStream.rangeClosed(0, 49_709)
          .filter(x -> x % 1_000 == 0 || x == 1 || x >= 49_708)
          .boxed()
          .toList();

  private static List<String> idsOfSeconds(Predicate<Integer> in) {
    return SECONDS.stream().filter(in).map(x -> "{\"id\":{\"N\":\"" + x + "\"}}").sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts, id", "ts DESC, id", "id, ts", "id DESC, ts DESC", "id"})
  void secondsInAnIntegerAreReadWhateverTheRange(String key) throws Exception {
    fillSeconds("secs", key);
    try {
      LindormConfig config = encoded("secs", TimestampEncoding.Kind.EPOCH_S);
      Instant first = Instant.ofEpochSecond(Integer.MIN_VALUE);
      Instant last = Instant.ofEpochSecond(Integer.MAX_VALUE);
      Instant in1902 = first.plusSeconds(86_400);
      Instant never = Instant.parse("2400-01-01T00:00:00Z");
      Instant before = Instant.parse("1500-01-01T00:00:00Z");

      assertThat(ids(LindormTables.withRange(config, before, never)))
          .isEqualTo(idsOfSeconds(x -> true));
      assertThat(ids(LindormTables.withRange(config, in1902, never)))
          .isEqualTo(idsOfSeconds(x -> x > 0));
      assertThat(ids(LindormTables.withRange(config, last, never)))
          .isEqualTo(idsOfSeconds(x -> x == 49_709));
      assertThat(ids(LindormTables.withRange(config, before, in1902)))
          .isEqualTo(idsOfSeconds(x -> x == 0));
      assertThat(ids(LindormTables.withRange(config, first, last)))
          .isEqualTo(idsOfSeconds(x -> x < 49_709));
      assertThat(ids(LindormTables.withRange(config, in1902, last)))
          .isEqualTo(idsOfSeconds(x -> x > 0 && x < 49_709));
    } finally {
      lindorm.execute("DROP TABLE secs");
    }
  }

  /** The filter on the key column ends beyond its type; what is halved must not. */
  @Test
  void aSlowTableWithSecondsInAnIntegerIsHalvedWithinWhatItHolds() throws Exception {
    lindorm.execute("CREATE TABLE slow(n BIGINT, ts INTEGER, id INTEGER, PRIMARY KEY(n, ts, id))");
    lindorm.execute("INSERT INTO slow SELECT 0, x * 100000, x FROM SYSTEM_RANGE(0, 999)");
    LindormConfig config =
        LindormTables.withRange(
            encoded("slow", TimestampEncoding.Kind.EPOCH_S),
            Instant.parse("1500-01-01T00:00:00Z"),
            Instant.parse("2400-01-01T00:00:00Z"));
    LindormTable table =
        new LindormTable(
            LindormTables.withPages(LindormTables.withWhere(config, "id IN (0, 900)"), 1, 200),
            List.of("id"));
    LindormSplit behindFirst =
        table
            .plan(1)
            .get(0)
            .at(
                List.of(
                    new KeyValue.Integral(0), new KeyValue.Integral(0), new KeyValue.Integral(0)),
                1);
    lindorm.failStatementsLongerThan(100);
    try (PageReader<LindormSplit> reader = table.reader()) {
      reader.open(behindFirst);
      Page<LindormSplit> page = reader.nextPage().orElseThrow();
      assertThat(page.size()).isEqualTo(1);
      assertThat(page.item(0).jsonText()).isEqualTo("{\"id\":{\"N\":\"900\"}}");
      assertThat(reader.nextPage()).isEmpty();
    } finally {
      lindorm.failStatementsLongerThan(Long.MAX_VALUE);
      lindorm.execute("DROP TABLE slow");
    }
  }

  @Test
  void aRangeThatAnIntegerCannotHoldIsAMistakeInTheFile() {
    lindorm.execute("CREATE TABLE few(ts INTEGER, id INTEGER, PRIMARY KEY(ts, id))");
    ImportException e =
        catchThrowableOfType(
            ImportException.class,
            () -> new LindormSource(encoded("few", TimestampEncoding.Kind.EPOCH_MS)).inspect());
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(e.problem())
        .contains(
            "ts is of type INTEGER", "2147483647", "hold no time from from to to as epoch-ms");
    assertThat(e.remedy()).contains("epoch-s");
  }

  @Test
  void textsAreComparedInTheirZone() throws Exception {
    TimestampEncoding days =
        new TimestampEncoding(
            TimestampEncoding.Kind.TEXT,
            TimestampPattern.parse("yyyy-MM-dd"),
            ZoneId.of("Asia/Shanghai"));

    // From 08:00 of January 1st on there: the day as a whole is not in the range.
    assertThat(ids(LindormTables.withEncoding(config("days"), days))).isEqualTo(ids(2, 33));
    assertThat(lastPage().parameters()).contains("2023-02-02");
  }

  @Test
  void aConditionIsInEveryStatementAndDoesNotDisturbPaging() throws Exception {
    int before = lindorm.statements().size();
    LindormConfig config =
        LindormTables.withWhere(
            encoded("ms", TimestampEncoding.Kind.EPOCH_MS), "id = 5 OR id BETWEEN 7 AND 20");

    assertThat(ids(config))
        .containsExactlyInAnyOrderElementsOf(
            ids(5, 21).stream().filter(id -> !id.contains("\"6\"")).toList());
    assertThat(lindorm.statements().subList(before, lindorm.statements().size()))
        .filteredOn(statement -> statement.sql().startsWith("SELECT `"))
        .hasSizeGreaterThan(6)
        .allSatisfy(
            page ->
                assertThat(page.sql()).contains(" AND (id = 5 OR id BETWEEN 7 AND 20) ORDER BY "));
  }

  @Test
  void aConditionThatTheServerRefusesIsAMistakeInTheFile() {
    LindormConfig config = encoded("ms", TimestampEncoding.Kind.EPOCH_MS);
    for (String where : List.of("nope = 1", "id > 5")) {
      ImportException e =
          catchThrowableOfType(
              ImportException.class,
              () -> new LindormSource(LindormTables.withWhere(config, where)).inspect());
      assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
      assertThat(e.problem()).startsWith("where: the server refuses SELECT ").contains(where);
    }
  }

  @Test
  void valuesBecomeWhatTheFileSays() throws Exception {
    TypesConfig types =
        new TypesConfig(
            TypesConfig.JsonForm.DOCUMENT,
            List.of("t"),
            TypesConfig.NullForm.NULL,
            Map.of("ts", DateForm.EPOCH_S, "da", DateForm.EPOCH_MS));

    assertThat(Reads.table(LindormTables.with(config("v"), types)))
        .containsExactly(
            "{\"ts\":{\"N\":\"1672531200.5\"},"
                + "\"j\":{\"M\":{\"a\":{\"L\":[{\"N\":\"1.50\"},{\"NULL\":true}]}}},"
                + "\"t\":{\"M\":{\"b\":{\"M\":{}}}},\"da\":{\"N\":\"1672617600000\"},"
                + "\"n\":{\"N\":\"3\"}}",
            "{\"ts\":{\"N\":\"1672617600\"},\"j\":{\"NULL\":true},\"t\":{\"NULL\":true},"
                + "\"da\":{\"NULL\":true},\"n\":{\"NULL\":true}}");
  }

  @Test
  void jsonIsItsTextUnlessTheFileSaysOtherwise() throws Exception {
    assertThat(Reads.table(LindormTables.withColumns(config("v"), "j")))
        .containsExactly("{\"j\":{\"S\":\"{\\\"a\\\":[1.50,null]}\"}}", "{}");
  }
}
