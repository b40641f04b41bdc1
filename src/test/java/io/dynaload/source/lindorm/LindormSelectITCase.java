package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.EmbeddedLindorm;
import io.dynaload.local.LocalTables;
import io.dynaload.local.ReceivedStatement;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import io.dynaload.pipeline.PreparedReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A select that begins the steps is part of the SQL, and makes no other difference. */
@Timeout(240)
class LindormSelectITCase {
  private static final int ROWS = 500;
  private static final List<String> COLUMNS =
      List.of("ts", "site", "n", "j", "doc", "da", "a.b", "select", "note");

  @TempDir private static Path folder;
  private static EmbeddedLindorm lindorm;
  private static EmbeddedDynamoDb dynamoDb;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(folder.resolve("password"), "secret");
    lindorm = EmbeddedLindorm.start(0, "root", "secret");
    dynamoDb = EmbeddedDynamoDb.start(0);
    cluster = LocalCluster.start(1, 2);
    lindorm.execute(
        "CREATE TABLE t(ts TIMESTAMP, site VARCHAR, n INTEGER, j JSON, doc VARCHAR, da DATE,"
            + " `a.b` BIGINT, `select` DOUBLE, note VARCHAR, PRIMARY KEY(ts, site))");
    lindorm.execute(
        "INSERT INTO t SELECT DATEADD('MINUTE', x, TIMESTAMP '2023-01-01 00:00:00'),"
            + " 's' || MOD(x, 3), CASE MOD(x, 5) WHEN 0 THEN NULL ELSE x END, JSON"
            + " '{\"k\":{\"l\":1.50},\"m\":[1]}', CASE MOD(x, 4) WHEN 0 THEN '7' ELSE"
            + " '{\"p\":{\"q\":\"x\"},\"r\":null}' END, DATE '2023-01-02', x * 10000000000, x /"
            + " 4.0, REPEAT('n', 200) FROM SYSTEM_RANGE(0, "
            + (ROWS - 1)
            + ")");
  }

  @AfterAll
  static void stop() {
    cluster.close();
    dynamoDb.close();
    lindorm.close();
  }

  private static Path file(String target, String read, String steps) throws IOException {
    String yaml =
        """
        source:
          type: lindorm
          url: %s
          username: root
          password: ${file:password}
        %s
          json-columns: [doc]
          dates: {da: epoch-s}
        transform:
        %ssink:
          table: %s
          endpoint: %s
          write-capacity: 100000
          create-table: {partition-key: 'pk:S', sort-key: 'sk:S'}
        pipeline:
          name: %s
          parallelism: 2
          error-budget: 100%%
          checkpoint: {interval: 300ms, min-pause: 100ms, directory: %s}
          dead-letters: {directory: %s}
        """;
    return Files.writeString(
        folder.resolve(target + ".yaml"),
        yaml.formatted(
            lindorm.url(),
            read.indent(2).stripTrailing(),
            (steps + "- rename: {site: pk, ts: sk}").indent(2),
            target,
            dynamoDb.endpoint(),
            target,
            folder.resolve("checkpoints"),
            folder.resolve("letters")));
  }

  private static final String TABLE =
      """
      table: t
      timestamp-column: ts
      from: 2023-01-01 00:00:00
      to: 2023-02-01 00:00:00
      page-size: 100
      json: document\
      """;

  private static ImportRun.Result run(String target, String read, String steps) throws Exception {
    PreparedImport prepared =
        PreparedImport.prepare(ImportFile.read(file(target, read, steps), List.of()), null);
    return cluster.submit(prepared.firstStep()).result();
  }

  private static List<String> content(String table) {
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      return LocalTables.content(client, table);
    }
  }

  /** The columns of the pages that the server was asked for since there were so many statements. */
  private static List<List<String>> columns(int since) {
    List<ReceivedStatement> all = lindorm.statements();
    return all.subList(since, all.size()).stream()
        .map(ReceivedStatement::sql)
        .filter(
            sql ->
                sql.startsWith("SELECT `")
                    && sql.contains(" FROM `t` ")
                    && sql.contains("ORDER BY"))
        .map(sql -> sql.substring("SELECT ".length(), sql.indexOf(" FROM ")))
        .map(list -> Arrays.asList(list.replace("`", "").split(", ")))
        .distinct()
        .toList();
  }

  private static String select(List<String> paths) {
    return "- select: ['" + String.join("', '", paths) + "']\n";
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverIsSelectedTheResultIsTheSame(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.removeIf(column -> random.nextInt(3) == 0);
    Collections.shuffle(columns, random);
    List<String> paths = new ArrayList<>(List.of("nothing", "note.x"));
    for (String column : columns) {
      paths.add(
          switch (column) {
            case "j" -> random.nextBoolean() ? "j" : "j.k.l";
            case "doc" -> random.nextBoolean() ? "doc" : "doc.p";
            default -> column.replace(".", "\\.");
          });
    }
    paths.addAll(List.of("site", "ts"));
    List<String> asked =
        COLUMNS.stream()
            .filter(c -> c.equals("note") || columns.contains(c) || paths.contains(c))
            .toList();

    int before = lindorm.statements().size();
    ImportRun.Result pushed = run("pushed-" + seed, TABLE, select(paths));
    assertThat(columns(before))
        .anySatisfy(page -> assertThat(page).startsWith(asked.toArray(String[]::new)))
        .allSatisfy(
            page ->
                assertThat(page)
                    .filteredOn(c -> !c.equals("site") && !c.equals("ts"))
                    .isSubsetOf(asked));
    ImportRun.Result late = run("late-" + seed, TABLE, "- where: 'true'\n" + select(paths));

    assertThat(content("pushed-" + seed)).isEqualTo(content("late-" + seed));
    Ledger ledger = pushed.report().ledger();
    assertThat(ledger.get(Count.READ)).isEqualTo(ROWS);
    assertThat(ledger.get(Count.WRITTEN)).isEqualTo(ROWS);
    assertThat(ledger.balanced()).isTrue();
    assertThat(pushed.rejected()).isEqualTo(late.rejected());
  }

  /** Then the key alone is asked for, for paging. */
  @Test
  void nothingOfARowNeedBeSelected() throws Exception {
    String steps =
        select(List.of("nothing")) + "- set: {site: string(size(item)), ts: string(now)}\n";

    int before = lindorm.statements().size();
    ImportRun.Result result = run("nothing", TABLE, steps);
    assertThat(columns(before)).containsExactly(List.of("ts", "site"));
    assertThat(result.report().ledger().get(Count.READ)).isEqualTo(ROWS);
    assertThat(content("nothing")).singleElement().asString().contains("pk=S 1:0");
  }

  @Test
  void aQueryIsSentAsItStands() throws Exception {
    String query =
        "query: SELECT site, TO_CHAR(ts, 'HH24:MI') AS ts, note, doc, da FROM t WHERE ts >="
            + " '2023-01-01 00:00:00' AND ts < '2023-01-01 01:00:00'";

    int before = lindorm.statements().size();
    run("queried", query, select(List.of("site", "ts")));
    assertThat(lindorm.statements().subList(before, lindorm.statements().size()))
        .anyMatch(statement -> statement.sql().equals(query.substring("query: ".length())));
    assertThat(content("queried")).isNotEmpty().noneMatch(item -> item.contains("note"));
  }

  @Test
  void ofTheColumnsOfTheFileThoseAreReadThatAreSelected() throws Exception {
    int before = lindorm.statements().size();
    run(
        "listed",
        TABLE + "\ncolumns: [ts, site, doc, da, n]",
        select(List.of("n", "note", "site", "ts")));

    assertThat(columns(before)).containsExactly(List.of("ts", "site", "n"));
    assertThat(content("listed")).hasSize(ROWS).noneMatch(item -> item.contains("note"));
  }

  /** A column that is not there is one to the file, whatever the steps do with it. */
  @Test
  void whatTheFileSaysOfColumnsIsCheckedAllTheSame() throws Exception {
    for (String wrong : List.of("columns: [site, ts, nope]", "columns: [site, ts, n]")) {
      ImportFile file =
          ImportFile.read(
              file("checked", TABLE + "\n" + wrong, select(List.of("site", "ts"))), List.of());
      assertThat(
              catchThrowableOfType(ImportException.class, () -> PreparedImport.prepare(file, null)))
          .hasMessageMatching(
              "columns: .* has no column nope.*|json-columns: no column doc is read.*");
    }
  }

  /** A letter holds what was read, and no step asks for more. */
  @Test
  void aRejectedRowCanBeReplayed() throws Exception {
    String select = select(List.of("site", "ts", "n"));
    String wrong = "- set: {n: 100 / item.n}\n";
    ImportRun.Result result = run("letters", TABLE, select + wrong);
    assertThat(result.report().ledger().get(Count.REJECTED)).isEqualTo(ROWS / 5);

    String mended = select + "- default: {n: '4'}\n" + wrong;
    ImportFile file = ImportFile.read(file("letters", TABLE, mended), List.of());
    try (PreparedReplay replay = PreparedReplay.prepare(file).orElseThrow()) {
      Ledger ledger = cluster.submit(replay.toJob()).result().report().ledger();
      assertThat(ledger.get(Count.WRITTEN)).isEqualTo(ROWS / 5);
    }
    assertThat(content("letters")).hasSize(ROWS).anyMatch(item -> item.contains("n=N 25"));
  }
}
