package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.ReceivedStatement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
