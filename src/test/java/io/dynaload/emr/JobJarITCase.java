package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.pipeline.HeldRun;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.RunOrder;
import io.dynaload.pipeline.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The job's jar, as {@code mvn package} makes it, on the oldest and the newest Flink it is for. */
class JobJarITCase {
  private static final Path JAR = Project.file("target", "dynaload.jar").toAbsolutePath();
  private static final int ROWS = 1_000;
  private static final Pattern OF_THE_CLUSTER =
      Pattern.compile(
          "^(org/(apache/(flink|hadoop|log4j|logging|commons/logging)|slf4j)"
              + "|ch/qos/logback|com/esotericsoftware|com/amazonaws)/");

  @TempDir private Path folder;

  @BeforeAll
  static void theJarIsThere() {
    assertThat(JAR).as("mvn package makes it").exists();
  }

  /** A class of one of these would be another than the cluster's of the same name. */
  @Test
  void itHasNoClassOfTheClustersOwn() throws IOException {
    assertThat(classes())
        .contains("io/dynaload/cli/Main.class", "software/amazon/awssdk/core/SdkClient.class");
    assertThat(classes().stream().filter(OF_THE_CLUSTER.asPredicate())).isEmpty();
  }

  private static List<String> classes() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile());
        Stream<? extends ZipEntry> entries = jar.stream()) {
      return entries
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
          .toList();
    }
  }

  static Stream<Path> versionsOfFlink() throws IOException {
    try (Stream<Path> versions = Files.list(Project.file("target", "flink"))) {
      List<Path> all = versions.sorted().toList();
      assertThat(all).hasSizeGreaterThan(1);
      return all.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("versionsOfFlink")
  void itImportsAFile(Path libraries) throws Exception {
    Files.writeString(
        folder.resolve("articles.csv"),
        IntStream.range(0, ROWS)
            .mapToObj("article-%04d,1.50"::formatted)
            .collect(Collectors.joining("\n", "id,price\n", "\n")));
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
        FlinkProcesses flink =
            FlinkProcesses.start(
                Files.createDirectory(folder.resolve("flink")), libraries.toAbsolutePath())) {
      HeldRun run = order(dynamoDb);
      int exit = flink.run(JAR, ApplicationMaster.class, run.folder());

      assertThat(exit).as(flink::logs).isZero();
      assertThat(run.outcome().map(RunOutcome::result))
          .hasValueSatisfying(result -> assertWhole(result.report()));
      try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
        assertThat(LocalTables.count(client, "articles")).isEqualTo(ROWS);
      }
    }
  }

  private static void assertWhole(RunReport report) {
    assertThat(report.state()).isEqualTo(RunState.FINISHED);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.ledger().get(Count.WRITTEN)).isEqualTo(ROWS);
  }

  private HeldRun order(EmbeddedDynamoDb dynamoDb) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("import.yaml"),
            """
            source: {type: file, path: '%s', format: csv, types: {price: N}}
            sink:
              table: articles
              endpoint: %s
              write-capacity: 100000
              create-table: {partition-key: 'id:S'}
            pipeline:
              name: articles
              parallelism: 2
              cloudwatch: false
              checkpoint: {directory: 'file://%s'}
              dead-letters: {directory: 'file://%s'}
            """
                .formatted(
                    folder.resolve("articles.csv"),
                    dynamoDb.endpoint(),
                    folder.resolve("checkpoints"),
                    folder.resolve("letters")));
    Instant now = Instant.now();
    return HeldRun.begin(
        ImportFile.read(file, List.of()),
        new RunOrder("file://" + file, List.of(), null, null, now),
        now);
  }
}
