package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueryITCase {
  private static final int ROWS = 5_000;
  private static final String QUERY = "SELECT id, v AS val FROM t WHERE id >= 0";

  private EmbeddedLindorm lindorm;

  @BeforeEach
  void fillTable() {
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    lindorm.execute("CREATE TABLE t(id INTEGER, v VARCHAR, PRIMARY KEY(id))");
    lindorm.load(
        "INSERT INTO t VALUES (?, ?)",
        IntStream.range(0, ROWS).mapToObj(i -> new @Nullable Object[] {i, "v" + i}).iterator());
  }

  @AfterEach
  void stop() {
    lindorm.close();
  }

  private QueryConfig config(String query) {
    LindormConfig base = LindormTables.withPages(LindormTables.config(lindorm.url()), 1, 300);
    return new QueryConfig(base.access(), query, base.splits().pages(), TypesConfig.DEFAULTS);
  }

  private QueryTable table() {
    return new QueryTable(config(QUERY), List.of("id", "val"));
  }

  private static List<String> expected() {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> "{\"id\":{\"N\":\"" + i + "\"},\"val\":{\"S\":\"v" + i + "\"}}")
        .toList();
  }

  private static List<String> texts(Page<QuerySplit> page) {
    return IntStream.range(0, page.size()).mapToObj(i -> page.item(i).jsonText()).toList();
  }

  @Test
  void theSchemaComesFromTheResultAndTheWarningSaysWhatIsLost() {
    SourceSchema schema = new QuerySource(config(QUERY)).inspect();

    assertThat(schema.attributes()).containsExactly(Map.entry("id", "N"), Map.entry("val", "S"));
    assertThat(schema.keys()).isEmpty();
    assertThat(schema.warnings())
        .singleElement()
        .asString()
        .contains("read by one reader", "It has no ORDER BY");
    assertThat(new QuerySource(config(QUERY + " ORDER BY id LIMIT 10")).inspect().warnings())
        .singleElement()
        .asString()
        .doesNotContain("ORDER BY");
    assertThat(lindorm.statements()).isEmpty();
  }

  @Test
  void everyRowIsReadInPages() throws Exception {
    List<Item> items = Reads.all(table());

    assertThat(items.stream().map(Item::jsonText).toList()).isEqualTo(expected());
    assertThat(items.get(4_999).origin()).hasToString("query@4999");
    assertThat(lindorm.statements()).hasSize(1);
  }

  @Test
  void aQueryThatIsCutOffIsRunAgainAndGoesOnBehindItsRows() throws Exception {
    List<String> read = new ArrayList<>();
    try (PageReader<QuerySplit> reader = table().reader()) {
      reader.open(QuerySplit.UNREAD);
      for (int page = 0; ; page++) {
        if (page == 3 || page == 10) {
          lindorm.stop();
          lindorm.restart();
        }
        Optional<Page<QuerySplit>> next = reader.nextPage();
        if (next.isEmpty()) {
          break;
        }
        read.addAll(texts(next.get()));
      }
    }

    assertThat(read).isEqualTo(expected());
    assertThat(lindorm.statements().size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aRestoredQueryGoesOnBehindAnyRow() throws Exception {
    QuerySplit restored;
    try (PageReader<QuerySplit> reader = table().reader()) {
      reader.open(QuerySplit.UNREAD);
      reader.nextPage();
      restored = reader.nextPage().orElseThrow().splitAfter(123);
    }
    assertThat(restored.rows()).isEqualTo(424);

    try (PageReader<QuerySplit> reader = table().reader()) {
      reader.open(restored);
      assertThat(texts(reader.nextPage().orElseThrow())).isEqualTo(expected().subList(424, 724));
    }
  }

  @Test
  void aQueryWhoseRowsAreOthersNowEndsTheRead() throws Exception {
    QuerySplit restored;
    try (PageReader<QuerySplit> reader = table().reader()) {
      reader.open(QuerySplit.UNREAD);
      restored = reader.nextPage().orElseThrow().splitAfter(99);
    }
    lindorm.execute("UPDATE t SET v = 'x' WHERE id = 50");
    assertEnds(restored, "its first 100 rows are others now");
    lindorm.execute("DELETE FROM t WHERE id > 50");
    assertEnds(restored, "it gives only 51 rows now");
  }

  private void assertEnds(QuerySplit restored, String how) {
    try (PageReader<QuerySplit> reader = table().reader()) {
      ImportException e =
          catchThrowableOfType(
              ImportException.class,
              () -> {
                reader.open(restored);
                reader.nextPage();
              });
      assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
      assertThat(e.problem()).contains("behind row 100", how);
    }
  }

  @Test
  void aQueryThatTheServerRefusesIsAMistakeInTheFile() {
    for (String query :
        List.of("SELECT nope FROM t WHERE id >= 0", "SELECT id FROM t WHERE id > 0 ORDER BY id")) {
      ImportException e =
          catchThrowableOfType(
              ImportException.class, () -> new QuerySource(config(query)).inspect());
      assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
      assertThat(e.problem()).startsWith("query: the server refuses it: ");
    }
  }

  @Test
  void aTableThatIsGoneEndsTheRead() throws Exception {
    try (PageReader<QuerySplit> reader = table().reader()) {
      reader.open(QuerySplit.UNREAD);
      lindorm.execute("DROP TABLE t");
      ImportException e = catchThrowableOfType(ImportException.class, reader::nextPage);
      assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
      assertThat(e.problem())
          .contains("refuses to go on with the query: ", "Table \"t\" not found");
    }
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    ImportException e =
        catchThrowableOfType(
            ImportException.class,
            () -> new QuerySource(config("SELECT id, v AS id FROM t WHERE id >= 0")).inspect());

    assertThat(e.problem()).isEqualTo("query: gives two columns the name id.");
  }
}
