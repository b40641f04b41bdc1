package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.local.MariaDb;
import io.dynaload.local.NeedsMariaDb;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole SELECT over Connector/J, which streams its result. */
@NeedsMariaDb
@Timeout(120)
class MySqlQueryITCase {
  private static final int ROWS = 5_000;
  private static final String QUERY =
      "SELECT id, COUNT(*) AS many, MAX(ts) AS latest, SUM(v) / 4 AS average, MIN(w) AS word"
          + " FROM t GROUP BY id ORDER BY id";

  private static MariaDb server;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDb.start("--default-time-zone=+08:00");
    MySqlTables.create(
        server,
        "id INT UNSIGNED, ts TIMESTAMP(3), v DECIMAL(9,2), w VARCHAR(9), PRIMARY KEY(id, ts)");
    server.execute(
        "SET STATEMENT time_zone = '+00:00' FOR INSERT INTO t SELECT seq DIV 2,"
            + " '2023-01-02' + INTERVAL MOD(seq, 2) SECOND, seq, IF(seq DIV 2 = 7, NULL, 'größe')"
            + " FROM seq_0_to_"
            + (2 * ROWS - 1));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static QueryConfig config(String query) {
    LindormConfig base = LindormTables.withPages(MySqlTables.config(server.url()), 1, 300);
    return new QueryConfig(base.access(), query, base.splits().pages(), TypesConfig.DEFAULTS);
  }

  private static QueryTable table() {
    return new QueryTable(config(QUERY), List.of("id", "many", "latest", "average", "word"));
  }

  private static List<String> expected() {
    return IntStream.range(0, ROWS)
        .mapToObj(
            id ->
                "{\"id\":{\"N\":\""
                    + id
                    + "\"},\"many\":{\"N\":\"2\"},\"latest\":{\"S\":\"2023-01-02T00:00:01.000Z\"},"
                    + "\"average\":{\"N\":\""
                    + BigDecimal.valueOf((4 * id + 1) * 250_000L, 6)
                    + "\"}"
                    + (id == 7 ? "}" : ",\"word\":{\"S\":\"größe\"}}"))
        .toList();
  }

  private static List<String> texts(Page<QuerySplit> page) {
    return IntStream.range(0, page.size()).mapToObj(i -> page.item(i).jsonText()).toList();
  }

  @Test
  void theSchemaComesFromTheResultBeforeTheQueryHasRun() {
    SourceSchema schema = new QuerySource(config(QUERY)).inspect();

    assertThat(schema.attributes())
        .containsExactly(
            Map.entry("id", "N"),
            Map.entry("many", "N"),
            Map.entry("latest", "S"),
            Map.entry("average", "N"),
            Map.entry("word", "S"));
    assertThat(schema.warnings()).singleElement().asString().doesNotContain("ORDER BY");
  }

  @Test
  void everyRowIsReadInPagesAndNoZoneShiftsATime() throws Exception {
    assertThat(Reads.all(table()).stream().map(Item::jsonText).toList()).isEqualTo(expected());
  }

  @Test
  void theQueryIsRunAgainAfterTheServerWasRestarted() throws Exception {
    List<String> read = new ArrayList<>();
    try (PageReader<QuerySplit> reader = table().reader()) {
      reader.open(QuerySplit.UNREAD);
      int pages = 0;
      for (Optional<Page<QuerySplit>> page = reader.nextPage();
          page.isPresent();
          page = reader.nextPage()) {
        read.addAll(texts(page.get()));
        if (++pages == 3) {
          server.restart();
        }
      }
    }

    assertThat(read).isEqualTo(expected());
  }

  @Test
  void aRestoredQueryGoesOnBehindAnyRow() throws Exception {
    try (PageReader<QuerySplit> reader = table().reader()) {
      reader.open(QuerySplit.UNREAD);
      reader.nextPage();
      QuerySplit restored = reader.nextPage().orElseThrow().splitAfter(123);

      reader.open(restored);
      assertThat(texts(reader.nextPage().orElseThrow())).isEqualTo(expected().subList(424, 724));
    }
  }

  /** Its 500 million rows take minutes; to close the reader must not mean to wait for them. */
  @Test
  void aLongResultIsNeitherHeldInMemoryNorReadToItsEndToCloseIt() throws Exception {
    QueryTable endless =
        new QueryTable(config("SELECT seq FROM seq_1_to_500000000"), List.of("seq"));
    long begin = System.nanoTime();
    try (PageReader<QuerySplit> reader = endless.reader()) {
      reader.open(QuerySplit.UNREAD);
      assertThat(reader.nextPage().orElseThrow().size()).isEqualTo(300);
      assertThat(reader.nextPage().orElseThrow().item(299).jsonText())
          .isEqualTo("{\"seq\":{\"N\":\"600\"}}");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aQueryThatTheServerRefusesIsAMistakeInTheFile() {
    for (String query :
        List.of("SELECT nope FROM t", "SELECT id FRM t", "SELECT id FROM missing")) {
      ImportException e =
          catchThrowableOfType(
              ImportException.class, () -> new QuerySource(config(query)).inspect());
      assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
      assertThat(e.problem()).startsWith("query: the server refuses it: ");
    }
  }

  @Test
  void aQueryThatRunsIntoTheServersTimeSaysSo() throws Exception {
    LindormConfig base =
        MySqlTables.config(server.url() + "?sessionVariables=max_statement_time=0.3");
    QueryTable timed =
        new QueryTable(
            new QueryConfig(
                base.access(),
                "SELECT COUNT(*) AS c FROM seq_1_to_1000000 WHERE SLEEP(0.01) = 1",
                base.splits().pages(),
                TypesConfig.DEFAULTS),
            List.of("c"));
    try (PageReader<QuerySplit> reader = timed.reader()) {
      reader.open(QuerySplit.UNREAD);
      ImportException e = catchThrowableOfType(ImportException.class, reader::nextPage);
      assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
      assertThat(e.problem()).startsWith("The query takes too long: ");
    }
  }
}
