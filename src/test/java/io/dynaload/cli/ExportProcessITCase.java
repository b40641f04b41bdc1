package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.item.CanonicalText;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.local.S3Server;
import io.dynaload.source.export.Chain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The program as a process of its own that imports a chain of exports: all of them, the checkpoints
 * and the dead letters on a real S3 server.
 */
@Timeout(300)
class ExportProcessITCase {
  @TempDir private Path folder;
  private S3Server s3;
  private EmbeddedDynamoDb dynamoDb;
  private Chain chain;
  private CommandProcess command;

  @BeforeEach
  void writeTheExports() throws Exception {
    s3 = S3Server.start("bucket", folder);
    dynamoDb = EmbeddedDynamoDb.start(0);
    Path bucket = folder.resolve("bucket");
    // An incremental export takes some 4,000 write units, which is ten seconds and more at the pace
    // of these tests: a test has seen what it waits for long before. Its items are so long that
    // they
    // are not all read at once, into the buffers before the sink.
    chain = new Chain(bucket, "some/prefix", 1_500, 6_000);
    List<String> paths =
        chain.write().stream().map(path -> "s3://bucket/" + bucket.relativize(path)).toList();
    upload(bucket);
    Path file =
        Files.writeString(
            folder.resolve("chain.yaml"),
            """
            source:
              type: export
              paths: %s
              region: us-east-1
              endpoint: %s
            sink:
              table: chain
              endpoint: %s
              write-capacity: 250
              create-table: {%s}
            pipeline:
              name: chain
              checkpoint: {interval: 300ms, min-pause: 100ms, directory: s3://bucket/checkpoints}
              dead-letters: {directory: s3://bucket/letters}
            """
                .formatted(
                    paths.stream().collect(Collectors.joining(", ", "[", "]")),
                    s3.endpoint(),
                    dynamoDb.endpoint(),
                    Chain.KEYS));
    command =
        new CommandProcess(folder, file)
            .with("AWS_ENDPOINT_URL_S3", s3.endpoint().toString())
            .with("AWS_ACCESS_KEY_ID", "test")
            .with("AWS_SECRET_ACCESS_KEY", "test");
  }

  @AfterEach
  void stopTheServers() {
    dynamoDb.close();
    s3.close();
  }

  private void upload(Path bucket) throws Exception {
    try (Stream<Path> files = Files.walk(bucket)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        s3.put("bucket", bucket.relativize(each).toString(), Files.readAllBytes(each));
      }
    }
  }

  /** Waits until such a file is there, then kills the process. */
  private void killOnce(String file, Process process) throws Exception {
    command.await(
        process, () -> s3.list("bucket", "checkpoints/chain/").matches("(?s).*" + file + ".*"));
    process.destroyForcibly();
    command.exitOf(process);
  }

  private static String checkpointOf(String step) {
    return step + "/[0-9a-f]{32}/chk-\\d+/_metadata";
  }

  /** Goes on to the end, at full speed. */
  private void finishes() throws Exception {
    Process last = command.start("--resume", "latest", "--set", "sink.write-capacity=100000");
    assertThat(command.exitOf(last)).as(command.printed()).isZero();
    JsonNode report = command.report();
    assertThat(report.get("balanced").asBoolean()).isTrue();
    assertThat(report.get("read").asLong()).isEqualTo(chain.records());
    assertThat(report.get("deleted").asLong()).isPositive();
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      assertThat(LocalTables.content(client, "chain"))
          .containsExactlyElementsOf(CanonicalText.of(chain.table()));
    }
    assertThat(s3.list("bucket", "checkpoints/")).doesNotContain("steps-done.json", "_metadata");
  }

  @Test
  void aChainThatIsKilledTwiceBecomesTheTable() throws Exception {
    killOnce(checkpointOf("-002"), command.start());
    assertThat(command.err()).contains("step 1 of 4 is done");

    killOnce(
        checkpointOf("-003"),
        command.start("--resume", "latest", "--set", "sink.write-capacity=400"));
    assertThat(command.err())
        .contains("Going on from s3://bucket/checkpoints/chain/", "-002/", "step 2 of 4 is done")
        .doesNotContain("step 1 of 4");

    finishes();
    assertThat(command.err()).contains("step 3 of 4 is done").doesNotContain("step 2 of 4");
  }

  @Test
  void aChainThatIsKilledBetweenTwoExportsGoesOnWithTheSecond() throws Exception {
    // No checkpoint is taken: all that is left of the first step is what it counted.
    killOnce("-002/steps-done.json<", command.start("--set", "pipeline.checkpoint.interval=10m"));
    assertThat(s3.list("bucket", "checkpoints/")).doesNotContain("_metadata");

    finishes();
    assertThat(command.err())
        .containsPattern("Going on from s3://bucket/checkpoints/chain/[^/]+-002\\n")
        .contains("step 2 of 4 is done")
        .doesNotContain("step 1 of 4");
  }
}
