package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.local.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Three imports of one file as a process that is killed and gone on with, while what they have come
 * to is on a real S3 server.
 */
@Timeout(240)
class ImportsS3ProcessITCase {
  private static final Pattern RUN =
      Pattern.compile("\\(from (s3://bucket/checkpoints/three/\\S+)\\)");
  private static final int ITEMS = 3_000;

  @TempDir private Path folder;
  private S3Server s3;
  private EmbeddedDynamoDb dynamoDb;
  private CommandProcess command;

  @BeforeEach
  void startTheServers() throws Exception {
    s3 = S3Server.start("bucket", folder);
    dynamoDb = EmbeddedDynamoDb.start(0);
    Path file =
        Files.writeString(
            folder.resolve("imports.yaml"),
            """
            source: {type: file, format: json}
            sink:
              table: all
              region: us-west-2
              endpoint: %s
              create-table: {partition-key: 'pk:S'}
              write-capacity: 5000
            pipeline:
              name: three
              parallelism: 1
              checkpoint: {interval: 300ms, min-pause: 100ms, directory: s3://bucket/checkpoints}
              dead-letters: {directory: s3://bucket/letters}
            imports:
              - {name: a, source: {path: a.json}}
              - {name: b, source: {path: b.json}, sink: {write-capacity: 300}}
              - {name: c, source: {path: c.json}}
            """
                .formatted(dynamoDb.endpoint()));
    for (String name : List.of("a", "b", "away")) {
      items(name);
    }
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

  private void items(String name) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ITEMS; i++) {
      lines.append("{\"pk\":\"%s-%d\",\"text\":\"%s\"}\n".formatted(name, i, "x".repeat(400)));
    }
    Files.writeString(folder.resolve(name + ".json"), lines);
  }

  private String objects() throws Exception {
    return s3.list("bucket", "checkpoints/three/");
  }

  @Test
  void theyGoOnFromS3AndLeaveNothingThere() throws Exception {
    Process killed = command.start();
    command.await(killed, () -> objects().matches("(?s).*/b/\\S+/_metadata.*"));
    killed.destroyForcibly();
    command.exitOf(killed);
    assertThat(objects())
        .contains("/imports.json</Key>", "/a.done.json</Key>")
        .doesNotContain("/a/2", ".part");

    // The file of c is still missing.
    Process second = command.start("--resume", "latest", "--set", "sink.write-capacity=5000");
    assertThat(command.exitOf(second)).as(command.printed()).isEqualTo(2);
    assertThat(command.err())
        .contains("a: done by an earlier run", "b: going on from s3://bucket/checkpoints/three/")
        .contains("Not done: c (exit code 2)");
    assertThat(command.out()).contains("read 6,000 = written 6,000", "; 2 of 3 imports done");
    assertThat(objects()).contains("/b.done.json</Key>").doesNotContain("/b/2");

    Files.move(folder.resolve("away.json"), folder.resolve("c.json"));
    Matcher run = RUN.matcher(command.err());
    assertThat(run.find()).isTrue();
    Process last = command.start("--resume", run.group(1));
    assertThat(command.exitOf(last)).as(command.printed()).isZero();
    assertThat(command.err()).contains("a: done by an earlier run", "b: done by an earlier run");
    assertThat(command.out()).contains("read 9,000 = written 9,000", "; 3 of 3 imports done");
    assertThat(objects()).doesNotContain("<Key>checkpoints/three/2");
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      assertThat(LocalTables.content(client, "all")).hasSize(3 * ITEMS);
    }
  }
}
