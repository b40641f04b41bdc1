package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.FaultyProxy;
import io.dynaload.local.LocalTables;
import io.dynaload.local.S3Server;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whole imports of files on a real S3 server, with checkpoints there, into DynamoDB Local. */
@Timeout(240)
class FileImportITCase {
  private static final String BUCKET = "bucket";

  @TempDir private static Path serverFolder;
  private static S3Server s3;

  @TempDir private Path folder;
  private EmbeddedDynamoDb dynamoDb;
  private FaultyProxy proxy;

  @BeforeAll
  static void startS3() throws Exception {
    s3 = S3Server.start(BUCKET, serverFolder);
    FileSystems.load();
    Configuration flink = new Configuration();
    flink.setString("s3.endpoint", s3.endpoint().toString());
    flink.setString("s3.path.style.access", "true");
    flink.setString("s3.access-key", "any");
    flink.setString("s3.secret-key", "any");
    FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
  }

  @AfterAll
  static void stopS3() {
    FileSystem.initialize(new Configuration(), null);
    s3.close();
  }

  @BeforeEach
  void start() {
    dynamoDb = EmbeddedDynamoDb.start(0);
    proxy = FaultyProxy.start("127.0.0.1", s3.endpoint().getPort(), 5);
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    dynamoDb.close();
  }

  private ImportFile file(String source, String... overrides) throws IOException {
    Path file = folder.resolve("import.yaml");
    Files.writeString(
        file,
        """
        source:
          type: file
        %ssink:
          table: articles
          endpoint: %s
          write-capacity: 100000
          create-table: {partition-key: 'id:S'}
        pipeline:
          name: %s
          parallelism: 2
          checkpoint: {interval: 300ms, min-pause: 100ms, directory: 's3://bucket/checkpoints'}
          dead-letters: {directory: %s}
        """
            .formatted(
                source.indent(2), dynamoDb.endpoint(), folder.getFileName(), folder + "/letters"));
    return ImportFile.read(file, Arrays.asList(overrides));
  }

  private String endpoint() {
    return "endpoint: http://127.0.0.1:" + proxy.port();
  }

  /** Rows of CSV whose ids are {@code name-0}, {@code name-1}, … */
  private static String rows(String name, int count) {
    StringBuilder rows = new StringBuilder("id,price,note\n");
    for (int i = 0; i < count; i++) {
      rows.append(name + "-" + i + "," + i + ".50,\"a note, of\nitem " + i + "\"\n");
    }
    return rows.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(stored)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return stored.toByteArray();
  }

  /** The prices in the table, by id. */
  private Map<String, String> prices() {
    Map<String, String> prices = new TreeMap<>();
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      for (Map<String, AttributeValue> item : LocalTables.scan(client, "articles")) {
        prices.put(
            Objects.requireNonNull(item.get("id")).s(),
            Objects.requireNonNull(item.get("price")).n());
      }
    }
    return prices;
  }

  private static Map<String, String> expected(String name, int count) {
    Map<String, String> prices = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      prices.put(name + "-" + i, i + ".5");
    }
    return prices;
  }

  private static void assertComplete(ImportRun.Result result, long read) {
    assertThat(result.failure()).isEmpty();
    Ledger ledger = result.report().ledger();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(read);
  }

  private static void awaitWritten(ImportRun run, long items) throws InterruptedException {
    while (run.live().count(Count.WRITTEN) < items) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before %d items", items).isFalse();
    }
  }

  @Test
  void eachRowComesOnceThoughConnectionsAreCutAndTaskManagersKilled() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      String text = rows("f" + i, 500);
      boolean zipped = i % 2 == 0;
      byte[] bytes = zipped ? gzip(text) : text.getBytes(StandardCharsets.UTF_8);
      s3.put(BUCKET, "killed/f" + i + (zipped ? ".csv.gz" : ".csv"), bytes);
      expected.putAll(expected("f" + i, 500));
    }
    ImportFile file =
        file(
            "path: s3://bucket/killed/*.csv{,.gz}\nformat: csv\ntypes: {price: N}\n" + endpoint(),
            "sink.write-capacity=2500");
    proxy.cutAfter(500, 20_000);
    try (LocalCluster cluster = LocalCluster.start(2, 1)) {
      cluster.flink().startTaskManager();
      ImportRun run = cluster.submit(PreparedImport.prepare(file, null).toJob());
      awaitWritten(run, 2_000);
      cluster.flink().terminateTaskManager(0).get();
      cluster.flink().startTaskManager();
      awaitWritten(run, 6_000);
      cluster.flink().terminateTaskManager(1).get();
      cluster.flink().startTaskManager();

      assertComplete(run.result(), 15_000);
    }
    assertThat(prices()).isEqualTo(expected);
    assertThat(proxy.cuts()).isPositive();
  }

  @Test
  void filesThatComeAreImportedOnceAcrossRunsUntilNoneComes() throws Exception {
    String source =
        "path: s3://bucket/watched/\nformat: csv\ntypes: {price: N}\nwatch: 200ms\n" + endpoint();
    put("a", 300);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run = cluster.submit(PreparedImport.prepare(file(source), null).toJob());
      awaitWritten(run, 300);
      put("b", 200);
      awaitWritten(run, 500);
      assertThat(run.interrupt()).isTrue();
      assertThat(run.result().report().state()).isEqualTo(RunState.INTERRUPTED);
    }
    put("c", 100);
    PreparedImport again = PreparedImport.prepare(file(source, "source.until-idle=2s"), "latest");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run = cluster.submit(again.toJob());
      awaitWritten(run, 600);
      put("d", 50);
      assertComplete(run.result(), 650);
    }
    Map<String, String> expected = expected("a", 300);
    expected.putAll(expected("b", 200));
    expected.putAll(expected("c", 100));
    expected.putAll(expected("d", 50));
    assertThat(prices()).isEqualTo(expected);
  }

  private static void put(String name, int rows) throws Exception {
    s3.put(BUCKET, "watched/" + name + ".csv", rows(name, rows).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLineThatCannotBeReadIsADeadLetterWithFileAndLine() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        data.resolve("x.json"),
        """
        {"id":"a","price":1}
        {"id":"b","price":
        {"id":"c","price":12345678901234567890123456789012345678}
        """);
    ImportFile file = file("path: data\nformat: json", "pipeline.error-budget=10");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun.Result result = cluster.submit(PreparedImport.prepare(file, null).toJob()).result();
      assertComplete(result, 3);
      assertThat(result.report().ledger().get(Count.REJECTED)).isEqualTo(1);
    }
    assertThat(prices())
        .containsExactly(
            Map.entry("a", "1"), Map.entry("c", "12345678901234567890123456789012345678"));
    try (Stream<Path> letters = Files.walk(folder.resolve("letters"))) {
      Path letter = letters.filter(name -> name.toString().endsWith(".jsonl")).findFirst().get();
      assertThat(Files.readString(letter))
          .contains("file://" + data + "/x.json@2")
          .contains("{\\\"id\\\":\\\"b\\\",\\\"price\\\":");
    }
  }

  @Test
  void aFileThatIsCutFailsTheRunAndIsNamed() throws Exception {
    byte[] stored = gzip(rows("cut", 20_000));
    s3.put(BUCKET, "cut/a.csv.gz", gzip(rows("whole", 10)));
    s3.put(BUCKET, "cut/b.csv.gz", Arrays.copyOf(stored, stored.length - 100));
    ImportFile file =
        file("paths: ['s3://bucket/cut/']\nformat: csv\ntypes: {price: N}\n" + endpoint());
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun.Result result = cluster.submit(PreparedImport.prepare(file, null).toJob()).result();
      assertThat(result.report().state()).isEqualTo(RunState.FAILED);
      ImportException failure = result.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE);
      assertThat(failure.problem())
          .contains("s3://bucket/cut/b.csv.gz cannot be decompressed (gzip)");
    }
  }

  @Test
  void theLaterLineOfAFileWins() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("{\"id\":\"" + i % 100 + "\",\"price\":" + i + "}\n");
    }
    Files.writeString(data.resolve("x.json"), lines);
    try (LocalCluster cluster = LocalCluster.start(1, 4)) {
      PreparedImport prepared =
          PreparedImport.prepare(
              file("path: data/x.json\nformat: json", "pipeline.parallelism=4"), null);
      ImportRun.Result result = cluster.submit(prepared.toJob()).result();
      assertComplete(result, 20_000);
    }
    assertThat(List.copyOf(prices().values())).hasSize(100).allMatch(p -> p.length() == 5);
    assertThat(prices()).containsEntry("7", "19907").containsEntry("99", "19999");
  }
}
