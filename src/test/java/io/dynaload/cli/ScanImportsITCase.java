package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.RawDynamoDb;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Three tables, each copied to one of its own by an import of one file, as a process. */
@Timeout(300)
class ScanImportsITCase {
  private static final int ITEMS = 50_000;
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("id", KeyType.S), null);
  private static final List<String> TABLES = List.of("one", "two", "three");

  @TempDir private Path folder;
  private EmbeddedDynamoDb dynamoDb;
  private CommandProcess command;

  @BeforeEach
  void writeTheFile() throws Exception {
    dynamoDb = EmbeddedDynamoDb.start(0);
    StringBuilder yaml =
        new StringBuilder(
            """
            source: {type: scan, endpoint: %1$s, region: us-west-2}
            sink:
              endpoint: %1$s
              region: us-west-2
              write-capacity: 8000
              create-table: {partition-key: 'id:S'}
            pipeline:
              name: copies
              parallelism: 2
              checkpoint: {interval: 200ms, min-pause: 100ms, directory: %2$s}
              dead-letters: {directory: %3$s}
            imports:
            """
                .formatted(
                    dynamoDb.endpoint(), folder.resolve("checkpoints"), folder.resolve("letters")));
    for (String table : TABLES) {
      yaml.append(
          "  - {name: %1$s, source: {table: %1$s}, sink: {table: copy-of-%1$s}}%n"
              .formatted(table));
    }
    command =
        new CommandProcess(folder, Files.writeString(folder.resolve("copies.yaml"), yaml))
            .with("AWS_ACCESS_KEY_ID", "test")
            .with("AWS_SECRET_ACCESS_KEY", "test");
  }

  @AfterEach
  void stopTheServer() {
    dynamoDb.close();
  }

  private void fill(String table, int items) throws Exception {
    List<byte[]> json = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      json.add(
          "{\"id\":{\"S\":\"%1$s-%2$d\"},\"n\":{\"N\":\"%2$d\"}}"
              .formatted(table, i)
              .getBytes(StandardCharsets.UTF_8));
    }
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      LocalTables.create(client, table, KEYS);
    }
    new RawDynamoDb(dynamoDb.endpoint()).putAll(table, json);
  }

  private void assertCopied(String table) {
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      assertThat(LocalTables.content(client, "copy-of-" + table))
          .isEqualTo(LocalTables.content(client, table));
    }
  }

  /** Checkpoints may vanish while it looks. */
  private boolean hasCheckpoint(String importName) throws Exception {
    Path checkpoints = folder.resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files.anyMatch(
          file -> file.endsWith("_metadata") && file.toString().contains("/" + importName + "/"));
    } catch (UncheckedIOException vanished) {
      return false;
    }
  }

  private void killIn(String importName, Process process) throws Exception {
    command.await(process, () -> hasCheckpoint(importName));
    process.destroyForcibly();
    command.exitOf(process);
  }

  @Test
  void threeTablesAreCopiedThoughTheProcessIsKilledTwice() throws Exception {
    for (String table : TABLES) {
      fill(table, ITEMS);
    }
    killIn("two", command.start());
    killIn("three", command.start("--resume", "latest"));
    assertThat(command.err()).contains("one: done by an earlier run", "two: going on from ");

    Process last = command.start("--resume", "latest");
    assertThat(command.exitOf(last)).as(command.printed()).isZero();
    assertThat(command.err()).contains("two: done by an earlier run", "three: going on from ");
    JsonNode report = command.report();
    assertThat(report.path("balanced").asBoolean()).isTrue();
    assertThat(report.path("read").asLong()).isEqualTo(3L * ITEMS);
    assertThat(report.path("written").asLong()).isEqualTo(3L * ITEMS);
    TABLES.forEach(this::assertCopied);
  }

  @Test
  void theOneOfThreeThatFailedIsDoneWhenItIsResumed() throws Exception {
    fill("one", 300);
    fill("three", 300);
    Process first = command.start();
    assertThat(command.exitOf(first)).as(command.printed()).isNotZero();
    assertThat(command.err()).contains("two: error: ").contains("Not done: two (exit code ");
    assertCopied("one");
    assertCopied("three");

    fill("two", 300);
    Process second = command.start("--resume", "latest");
    assertThat(command.exitOf(second)).as(command.printed()).isZero();
    assertThat(command.err())
        .contains("one: done by an earlier run", "three: done by an earlier run");
    assertCopied("two");
    assertThat(command.report().path("written").asLong()).isEqualTo(900);
  }
}
