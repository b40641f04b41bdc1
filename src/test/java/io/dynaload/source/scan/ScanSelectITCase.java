package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.item.Value;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A select that begins the steps is part of the request, and makes no other difference. */
@Timeout(240)
class ScanSelectITCase {
  private static final int ITEMS = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static ScanImport imports;
  private static RecordedScans scans;
  private static LocalCluster cluster;
  private static List<Map<String, Value>> items;

  @BeforeAll
  static void start() throws Exception {
    imports = new ScanImport(folder);
    scans = new RecordedScans(imports.endpoint());
    cluster = LocalCluster.start(1, 2);
    items = imports.fillAtRandom("random", ITEMS);
    imports.fill("plain", ITEMS);
    try (DynamoDbClient client = imports.client()) {
      createIndexed(client);
    }
    imports.add("indexed", 50);
  }

  private static void createIndexed(DynamoDbClient client) {
    KeySchemaElement id = key("id", KeyType.HASH);
    KeySchemaElement text = key("text", KeyType.RANGE);
    client.createTable(
        table ->
            table
                .tableName("indexed")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                    a -> a.attributeName("n").attributeType(ScalarAttributeType.N),
                    a -> a.attributeName("text").attributeType(ScalarAttributeType.S))
                .keySchema(id, key("n", KeyType.RANGE))
                .localSecondaryIndexes(
                    index ->
                        index
                            .indexName("local")
                            .keySchema(id, text)
                            .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY)))
                .globalSecondaryIndexes(
                    index ->
                        index
                            .indexName("global")
                            .keySchema(key("text", KeyType.HASH))
                            .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY)),
                    index ->
                        index
                            .indexName("whole")
                            .keySchema(key("text", KeyType.HASH))
                            .projection(p -> p.projectionType(ProjectionType.ALL))));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  @AfterAll
  static void stop() {
    cluster.close();
    scans.close();
    imports.close();
  }

  private static ImportRun.Result run(String target, String source, String steps) throws Exception {
    Path file = imports.file(target, scans.endpoint(), source);
    Files.writeString(file, "transform:\n" + steps.indent(2), StandardOpenOption.APPEND);
    PreparedImport prepared = ScanImport.prepare(file, null, "pipeline.error-budget=" + ITEMS);
    return cluster.submit(prepared.firstStep()).result();
  }

  /** In JSON, which is YAML. */
  private static String select(Collection<String> paths) throws JsonProcessingException {
    String json = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(paths);
    return "- select: " + json.replace("\u007f", "\\u007f") + "\n";
  }

  private static String escaped(String name) {
    return name.replace("\\", "\\\\").replace(".", "\\.");
  }

  /** Names that the items have, parts of their maps, and what none of them has. */
  private static Set<String> paths(Random random) {
    Set<String> paths = new LinkedHashSet<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      Map<String, Value> item = items.get(random.nextInt(items.size()));
      List<String> names = new ArrayList<>(item.keySet());
      String name = names.get(random.nextInt(names.size()));
      paths.add(escaped(name));
      if (item.get(name) instanceof Value.M map) {
        map.entries().keySet().forEach(inner -> paths.add(escaped(name) + "." + escaped(inner)));
        paths.remove(escaped(name));
      }
    }
    paths.addAll(List.of("nothing", "size", "list[0]", "n1.nowhere", "a b\\.c"));
    if (random.nextInt(4) > 0) {
      paths.addAll(List.of("id", "n"));
    }
    return paths;
  }

  private static Set<String> projected(JsonNode request) {
    Set<String> projected = new TreeSet<>();
    for (String name : request.path("ProjectionExpression").asText().split(", ")) {
      projected.add(request.path("ExpressionAttributeNames").path(name).asText());
    }
    return projected;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverIsSelectedTheResultIsTheSame(long seed) throws Exception {
    Set<String> paths = paths(new Random(seed));

    scans.take();
    ImportRun.Result pushed = run("pushed-" + seed, "table: random", select(paths));
    assertThat(scans.take())
        .allSatisfy(request -> assertThat(projected(request)).contains("id", "n", "size"));
    ImportRun.Result whole =
        run("late-" + seed, "table: random", "- where: 'true'\n" + select(paths));
    assertThat(scans.take()).noneMatch(request -> request.has("ProjectionExpression"));

    assertThat(imports.content("pushed-" + seed)).isEqualTo(imports.content("late-" + seed));
    Ledger ledger = pushed.report().ledger();
    assertThat(ledger.get(Count.READ)).isEqualTo(ITEMS);
    assertThat(ledger.get(Count.WRITTEN))
        .isEqualTo(paths.containsAll(List.of("id", "n")) ? ITEMS : 0);
    assertThat(ledger.balanced()).isTrue();
    assertThat(pushed.rejected()).isEqualTo(whole.rejected());
  }

  @Test
  void lessIsSent() throws Exception {
    imports.fillWide("wide", 200);
    scans.take();
    ScanImport.assertFinished(run("narrow", "table: wide", select(List.of("id", "n", "a.b"))), 200);
    long selected = scans.bytes();
    assertThat(scans.take())
        .allSatisfy(request -> assertThat(projected(request)).containsExactly("a", "id", "n"));
    ScanImport.assertFinished(run("broad", "table: wide", "- drop: [x]"), 200);

    assertThat(selected).isLessThan(scans.bytes() / 5);
  }

  @Test
  void aProjectionOfTheFilesOwnStays() throws Exception {
    scans.take();
    run(
        "own",
        "table: plain\nprojection: '#t, even'\nfilter: '#a0 < :most'\n"
            + "expression-names: {'#t': text, '#a0': n}\nexpression-values: {':most': {N: '20'}}",
        select(List.of("id", "n", "text")));

    assertThat(scans.take())
        .allSatisfy(
            r -> assertThat(r.path("ProjectionExpression").asText()).startsWith("#t, even"));
    assertThat(imports.content("own"))
        .hasSize(20)
        .allMatch(item -> item.contains("text") && !item.contains("even"));
  }

  @Test
  void aFilterMayLookAtWhatIsNotSelected() throws Exception {
    run(
        "filtered",
        "table: plain\nfilter: '#a0 = :yes'\n"
            + "expression-names: {'#a0': even}\nexpression-values: {':yes': {BOOL: true}}",
        select(List.of("id", "n")));

    assertThat(imports.content("filtered")).hasSize(ITEMS / 2).noneMatch(i -> i.contains("even"));
  }

  /** What an index lacks must not be fetched, or asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "global", "whole"})
  void anIndexGivesWhatItHas(String index) throws Exception {
    String select = select(List.of("even", "id", "n", "nothing"));
    String source = "table: indexed\nread-capacity: 1000\nindex: " + index;

    scans.take();
    ScanImport.assertFinished(run(index + "-1", source, select), 50);
    boolean whole = index.equals("whole");
    assertThat(scans.take()).allMatch(request -> request.has("ProjectionExpression") == whole);
    ScanImport.assertFinished(run(index + "-2", source, "- where: 'true'\n" + select), 50);

    assertThat(imports.content(index + "-1"))
        .hasSize(50)
        .isEqualTo(imports.content(index + "-2"))
        .allMatch(item -> item.contains("even") == whole);
  }
}
