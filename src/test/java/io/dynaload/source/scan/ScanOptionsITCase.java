package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.PreparedImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What of a table is read, and what is refused before anything is written. */
@Timeout(240)
class ScanOptionsITCase {
  private static final int ITEMS = 2_000;

  @TempDir private static Path folder;
  private static ScanImport imports;

  @BeforeAll
  static void start() throws Exception {
    imports = new ScanImport(folder);
    imports.fill("source", ITEMS);
  }

  @AfterAll
  static void stop() {
    imports.close();
  }

  private static List<Map<String, AttributeValue>> items(String table) {
    try (DynamoDbClient client = imports.client()) {
      return LocalTables.scan(client, table);
    }
  }

  @Test
  void theSegmentsOfTwoJobsTogetherAreTheWholeTable() throws Exception {
    String some = "table: source\ntotal-segments: 11\nonly-segments: [0, 3-7]";
    String others = "table: source\ntotal-segments: 11\nonly-segments: [1-2, 8-10]";

    ImportRun.Result first = ScanImport.run(imports.file("by-two", some));
    ImportRun.Result second = ScanImport.run(imports.file("by-two", others));

    long read = first.report().ledger().get(Count.READ);
    assertThat(read).isBetween(1L, ITEMS - 1L);
    ScanImport.assertFinished(first, read);
    ScanImport.assertFinished(second, ITEMS - read);
    assertThat(imports.content("by-two")).isEqualTo(imports.content("source"));
  }

  @Test
  void aFilterAndAProjectionArePushedDown() throws Exception {
    Path file =
        imports.file(
            "filtered",
            """
            table: source
            consistent-read: true
            filter: '#e = :yes AND n >= :least'
            projection: '#t, id'
            expression-names: {'#e': even, '#t': text}
            expression-values: {':yes': {BOOL: true}, ':least': {N: '1000'}}
            """);

    ScanImport.assertFinished(ScanImport.run(file), ITEMS / 4);
    assertThat(items("filtered"))
        .hasSize(ITEMS / 4)
        .allSatisfy(item -> assertThat(item.keySet()).isEqualTo(Set.of("id", "n", "text")))
        .allSatisfy(
            item ->
                assertThat(Integer.parseInt(Objects.requireNonNull(item.get("n")).n()))
                    .isBetween(1000, ITEMS));
  }

  @Test
  void anIndexIsReadInTheTablesPlace() throws Exception {
    imports.index("source");
    Path file = imports.file("by-index", "table: source\nindex: by-text\nread-capacity: 200");

    ScanImport.assertFinished(ScanImport.run(file), ITEMS);
    assertThat(items("by-index"))
        .hasSize(ITEMS)
        .allSatisfy(item -> assertThat(item.keySet()).isEqualTo(Set.of("id", "n", "text")));
    assertThat(refused("refused", "table: source\nindex: by-nothing"))
        .hasMessageContaining("the table source has no index by-nothing");
    assertThat(refused("refused", "table: source\nindex: by-text\nconsistent-read: true"))
        .hasMessageContaining("by-text has no consistent reads");
  }

  /** The texts are so long that the items of a page do not fit the buffers before the sink. */
  @Test
  void anImportGoesOnInTheMiddleOfAnIndexsPage() throws Exception {
    imports.fill("long-texts", 5_000, "x".repeat(1_000));
    imports.index("long-texts");
    String source = "table: long-texts\nindex: by-text\ntotal-segments: 3\nonly-segments: [0-2]";
    Path file = imports.file("by-page", source);

    PreparedImport slow = ScanImport.prepare(file, null, "sink.write-capacity=500");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run = cluster.submit(slow.firstStep());
      ScanImport.awaitRead(run, 100);
      assertThat(run.interrupt()).isTrue();
      assertThat(run.result().report().ledger().get(Count.READ)).isBetween(100L, 4_999L);
    }
    PreparedImport resumed = ScanImport.prepare(file, "latest");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ScanImport.assertFinished(cluster.submit(resumed.firstStep()).result(), 5_000);
    }
    assertThat(imports.content("by-page")).hasSize(5_000);
  }

  private static ImportException refused(String target, String source) throws Exception {
    Path file = imports.file(target, source);
    return catchThrowableOfType(ImportException.class, () -> ScanImport.prepare(file, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter: 'n >> 1' | Invalid FilterExpression",
        "filter: 'n > :least' | attribute value",
        "projection: '#x' | attribute name"
      })
  void anExpressionThatIsNotValidIsAMistakeInTheFile(String key, String said) throws Exception {
    ImportException refused = refused("refused", "table: source\n" + key);

    assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(refused)
        .hasMessageStartingWith("the table source (us-east-1, http://127.0.0.1:")
        .hasMessageContaining("cannot be scanned as source says: ")
        .hasMessageContaining(said);
    assertThat(refused.remedy()).startsWith("Correct source.filter");
  }

  @Test
  void aTableThatIsMissingIsNamed() throws Exception {
    ImportException refused = refused("refused", "tables: [source, sauce]");
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(refused).hasMessageContaining("does not exist");
    assertThat(refused("refused", "table: 'sauce-*'"))
        .hasMessageStartingWith("no table matches sauce-* (us-east-1, ");
  }

  @Test
  void theTargetItselfIsNotRead() throws Exception {
    ImportException refused = refused("source", "tables: [source]");
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(refused)
        .hasMessageStartingWith("The source and the target are the same table, arn:");
  }

  @Test
  void aNumberInAFileIsOfAllTablesTogether() throws Exception {
    imports.fill("other", 10);
    Path units = Files.writeString(folder.resolve("units"), "100\n");
    String source = "tables: [source, other]\nread-capacity: ${file:%s}\n".formatted(units);

    ScanImport.assertFinished(ScanImport.run(imports.file("by-file", source)), ITEMS + 10);
    Files.writeString(units, "many\n");
    assertThat(refused("by-file", source)).hasMessageContaining("holds \"many\"");
  }

  @Test
  void severalTablesAreWarnedOfUnlessTheWriteModeDecides() throws Exception {
    imports.fill("sources-2", 10);
    Path file = imports.file("warned", "tables: ['source*']");

    assertThat(ScanImport.prepare(file, null).warnings())
        .anyMatch(w -> w.contains("2 tables side by side"));
    assertThat(
            ScanImport.prepare(file, null, "sink.write-mode=newer-wins", "sink.version-attribute=v")
                .warnings())
        .noneMatch(w -> w.contains("side by side"));
  }
}
