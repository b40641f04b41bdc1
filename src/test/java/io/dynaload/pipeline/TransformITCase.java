package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whole imports with a transform, from files into DynamoDB Local. */
@Timeout(240)
class TransformITCase {
  private static final String STEPS =
      """
      - where: item.kind != 'test'
      - select: [order, day, lines]
      - set: {placed: "epoch_seconds(item.day, 'yyyy-MM-dd')"}
      - split: "item.lines.split(' ').map(l, {'pk': item.order, 'sk': l, 'placed': item.placed, 'seen': now})"
      """;

  @TempDir private Path folder;
  private EmbeddedDynamoDb dynamoDb;

  @BeforeEach
  void start() {
    dynamoDb = EmbeddedDynamoDb.start(0);
  }

  @AfterEach
  void stop() {
    dynamoDb.close();
  }

  private ImportFile file(String steps, String... overrides) throws IOException {
    Path file = folder.resolve("import.yaml");
    Files.writeString(
        file,
        """
        source: {type: file, path: orders.csv, format: csv}
        transform:
        %ssink:
          table: lines
          endpoint: %s
          write-capacity: 100000
          create-table: {partition-key: 'pk:S', sort-key: 'sk:S'}
        pipeline:
          name: orders
          parallelism: 2
          error-budget: 1000
          checkpoint: {interval: 200ms, min-pause: 50ms, directory: %s}
          dead-letters: {directory: %s}
        """
            .formatted(
                steps.indent(2),
                dynamoDb.endpoint(),
                folder.resolve("checkpoints"),
                folder.resolve("letters")));
    return ImportFile.read(file, Arrays.asList(overrides));
  }

  /** Every tenth order is a test, and every tenth has a day that is none; each has three lines. */
  private void orders(int count) throws IOException {
    StringBuilder rows = new StringBuilder("order,kind,day,lines,note\n");
    for (int i = 0; i < count; i++) {
      rows.append("o" + i + (i % 10 == 3 ? ",test" : ",sale"))
          .append(i % 10 == 7 ? ",2024-02-30" : ",2024-02-29")
          .append(",a b c,a note\n");
    }
    Files.writeString(folder.resolve("orders.csv"), rows);
  }

  private Map<String, Map<String, AttributeValue>> found() {
    Map<String, Map<String, AttributeValue>> found = new TreeMap<>();
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      for (Map<String, AttributeValue> item : LocalTables.scan(client, "lines")) {
        found.put(text(item, "pk") + " " + text(item, "sk"), item);
      }
    }
    return found;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name)).s();
  }

  private static void assertLedger(ImportRun.Result result, int orders) {
    assertThat(result.failure()).isEmpty();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    Ledger ledger = result.report().ledger();
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(orders);
    assertThat(ledger.get(Count.FILTERED)).isEqualTo(orders / 10);
    assertThat(ledger.get(Count.REJECTED)).isEqualTo(orders / 10);
    assertThat(ledger.get(Count.FANNED_OUT)).isEqualTo(orders * 8 / 10 * 2);
    assertThat(ledger.get(Count.WRITTEN)).isEqualTo(orders * 8 / 10 * 3);
  }

  @Test
  void itemsAreFilteredComputedAndSplitAndTheLedgerBalances() throws Exception {
    orders(1000);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      assertLedger(
          cluster.submit(PreparedImport.prepare(file(STEPS), null).toJob()).result(), 1000);
    }
    assertThat(found()).hasSize(2400);
    assertThat(found().get("o0 b"))
        .containsOnlyKeys("pk", "sk", "placed", "seen")
        .containsEntry("placed", AttributeValue.fromN("1709164800"));
  }

  @Test
  void theCountsAndTheTimeOfTheRunSurviveAKillAndAResumption() throws Exception {
    orders(10_000);
    ImportFile slow = file(STEPS, "sink.write-capacity=4000");
    try (LocalCluster cluster = LocalCluster.start(2, 1)) {
      cluster.flink().startTaskManager();
      ImportRun run = cluster.submit(PreparedImport.prepare(slow, null).toJob());
      awaitWritten(run, 3_000);
      cluster.flink().terminateTaskManager(0).get();
      cluster.flink().startTaskManager();
      awaitWritten(run, 9_000);
      assertThat(run.interrupt()).isTrue();
      assertThat(run.result().report().state()).isEqualTo(RunState.INTERRUPTED);
    }
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedImport again = PreparedImport.prepare(file(STEPS), "latest");
      assertLedger(cluster.submit(again.toJob()).result(), 10_000);
    }
    assertThat(found()).hasSize(24_000);
    Set<AttributeValue> seen = new HashSet<>();
    found().values().forEach(item -> seen.add(Objects.requireNonNull(item.get("seen"))));
    assertThat(seen).as("the time of the run").hasSize(1);
  }

  private static void awaitWritten(ImportRun run, long items) throws InterruptedException {
    while (run.live().count(Count.WRITTEN) < items) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before %d items", items).isFalse();
    }
  }

  @Test
  void aReplayTransformsARejectedItemAnewAsTheFileSaysByThen() throws Exception {
    orders(100);
    String mended =
        STEPS.replace("- set:", "- set: {day: \"replace_all(item.day, '-30$', '-29')\"}\n- set:");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      assertLedger(cluster.submit(PreparedImport.prepare(file(STEPS), null).toJob()).result(), 100);
      try (PreparedReplay replay = PreparedReplay.prepare(file(mended)).orElseThrow()) {
        assertThat(replay.letters()).isEqualTo(10);
        ImportRun.Result result = cluster.submit(replay.toJob()).result();
        assertThat(result.report().ledger().get(Count.WRITTEN)).isEqualTo(30);
        assertThat(result.report().ledger().balanced()).isTrue();
      }
    }
    assertThat(found()).hasSize(270);
  }

  @Test
  void anImportDoesNotGoOnWithOtherSteps() throws Exception {
    orders(10_000);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run =
          cluster.submit(
              PreparedImport.prepare(file(STEPS, "sink.write-capacity=2000"), null).toJob());
      awaitWritten(run, 1_000);
      assertThat(run.interrupt()).isTrue();
      run.result();
    }
    ImportFile other = file(STEPS.replace("'test'", "'trial'"));
    assertThatThrownBy(() -> PreparedImport.prepare(other, "latest"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("transform.0.where")
        .hasMessageContaining("item.kind != 'test'");
  }

  @Test
  void rowsMayGetTheTargetsKeyOnTheWay() throws Exception {
    Files.writeString(folder.resolve("orders.csv"), "order,line\nx,1\nx,2\n");
    List<String> keys = List.of("x 1", "x 2");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportFile renamed = file("- rename: {order: pk, line: sk}\n");
      cluster.submit(PreparedImport.prepare(renamed, null).toJob()).result();
    }
    assertThat(found()).containsOnlyKeys(keys);
  }
}
