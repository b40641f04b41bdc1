package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.RandomItems;
import io.dynaload.item.RawDynamoDb;
import io.dynaload.item.Value;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Tables of DynamoDB Local, copied within it, for tests. */
final class ScanImport implements AutoCloseable {
  static final KeySchema KEYS =
      new KeySchema(new KeyAttribute("id", KeyType.S), new KeyAttribute("n", KeyType.N));

  private final EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
  private final Path folder;

  ScanImport(Path folder) {
    this.folder = folder;
  }

  URI endpoint() {
    return dynamoDb.endpoint();
  }

  /** Makes a table of small items; the ids begin with the table's name. */
  void fill(String table, int items) throws Exception {
    fill(table, items, "is ü");
  }

  /** The same, whose texts end so. */
  void fill(String table, int items, String text) throws Exception {
    put(table, smallItems(table, items, text));
  }

  /** The same, of a table that is there. */
  void add(String table, int items) throws Exception {
    new RawDynamoDb(endpoint()).putAll(table, smallItems(table, items, "is ü"));
  }

  private static List<byte[]> smallItems(String table, int items, String text) throws Exception {
    List<byte[]> json = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      Map<String, Value> item = new LinkedHashMap<>();
      item.put("id", new Value.S(table + "-" + i % 997));
      item.put("n", new Value.N(Integer.toString(i)));
      item.put("even", new Value.Bool(i % 2 == 0));
      item.put("text", new Value.S("\"" + i + "\" " + text));
      json.add(RandomItems.encode(item).json());
    }
    return json;
  }

  /** Makes a table of items with whatever can be in one, and returns them. */
  List<Map<String, Value>> fillAtRandom(String table, int items) throws Exception {
    RandomItems random = new RandomItems(3);
    List<Map<String, Value>> made = new ArrayList<>();
    List<byte[]> json = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      made.add(random.next(Map.of("id", new Value.S(table + i % 7), "n", new Value.N(i + ".50"))));
      json.add(RandomItems.encode(made.get(i)).json());
    }
    put(table, json);
    return made;
  }

  /** Makes a table of items with a small map {@code a} and a text of 2 KB. */
  void fillWide(String table, int items) throws Exception {
    List<byte[]> json = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      Map<String, Value> item = new LinkedHashMap<>();
      item.put("id", new Value.S(table));
      item.put("n", new Value.N(Integer.toString(i)));
      item.put("a", new Value.M(Map.of("b", new Value.S("b"), "c", new Value.S("c"))));
      item.put("text", new Value.S("x".repeat(2_000)));
      json.add(RandomItems.encode(item).json());
    }
    put(table, json);
  }

  /** Gives a table the index by-text, with nothing but the keys in it. */
  void index(String table) {
    AttributeDefinition id = attribute("id");
    AttributeDefinition text = attribute("text");
    CreateGlobalSecondaryIndexAction byText =
        CreateGlobalSecondaryIndexAction.builder()
            .indexName("by-text")
            .keySchema(
                KeySchemaElement.builder()
                    .attributeName("text")
                    .keyType(software.amazon.awssdk.services.dynamodb.model.KeyType.HASH)
                    .build())
            .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
            .build();
    try (DynamoDbClient client = client()) {
      client.updateTable(
          update ->
              update
                  .tableName(table)
                  .attributeDefinitions(id, text)
                  .globalSecondaryIndexUpdates(
                      GlobalSecondaryIndexUpdate.builder().create(byText).build()));
    }
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private void put(String table, List<byte[]> items) throws Exception {
    try (DynamoDbClient client = client()) {
      LocalTables.create(client, table, KEYS);
    }
    new RawDynamoDb(endpoint()).putAll(table, items);
  }

  DynamoDbClient client() {
    return LocalTables.client(endpoint());
  }

  List<String> content(String... tables) {
    TreeSet<String> all = new TreeSet<>();
    try (DynamoDbClient client = client()) {
      for (String table : tables) {
        all.addAll(LocalTables.content(client, table));
      }
    }
    return List.copyOf(all);
  }

  /**
   * Writes an import file.
   *
   * @param source lines of the section below {@code type} and {@code endpoint}, without an indent
   */
  Path file(String target, String source) throws Exception {
    return file(target, endpoint(), source);
  }

  Path file(String target, URI from, String source) throws Exception {
    String yaml =
        """
        source:
          type: scan
          endpoint: %s
        %ssink:
          table: %s
          endpoint: %s
          write-capacity: 100000
          create-table: {partition-key: 'id:S', sort-key: 'n:N'}
        pipeline:
          name: %s
          parallelism: 2
          checkpoint: {interval: 200ms, min-pause: 50ms, directory: %s}
          dead-letters: {directory: %s}
          restart: {attempts: 5}
        """
            .formatted(
                from,
                source.indent(2),
                target,
                endpoint(),
                target,
                folder.resolve("checkpoints"),
                folder.resolve("letters"));
    return Files.writeString(folder.resolve(target + ".yaml"), yaml);
  }

  static PreparedImport prepare(Path file, @Nullable String resume, String... overrides) {
    return PreparedImport.prepare(ImportFile.read(file, List.of(overrides)), resume);
  }

  static ImportRun.Result run(Path file, String... overrides) throws Exception {
    PreparedImport prepared = prepare(file, null, overrides);
    try (LocalCluster cluster = LocalCluster.start(1, prepared.parallelism())) {
      return cluster.submit(prepared.firstStep()).result();
    }
  }

  static void awaitRead(ImportRun run, long items) throws InterruptedException {
    while (run.counts().getOrDefault(Count.READ, 0L) < items) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before %d items", items).isFalse();
    }
  }

  static void awaitCheckpoint(ImportRun run, PreparedImport prepared) throws InterruptedException {
    while (prepared.newestCheckpoint().isEmpty()) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before a checkpoint").isFalse();
    }
  }

  static void assertFinished(ImportRun.Result result, long read) {
    assertThat(result.failure()).isEmpty();
    Ledger ledger = result.report().ledger();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(read);
    assertThat(ledger.get(Count.REJECTED)).as(result.rejected().toString()).isZero();
  }

  @Override
  public void close() {
    dynamoDb.close();
  }
}
