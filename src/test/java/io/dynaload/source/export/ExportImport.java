package io.dynaload.source.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.CanonicalText;
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
import io.dynaload.pipeline.PreparedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Imports exports into DynamoDB Local, for tests. */
final class ExportImport implements AutoCloseable {
  private final EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0);
  private final Path folder;
  private int tables;

  ExportImport(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes an import file with a table of its own.
   *
   * @param source lines of the section below {@code type}, without their indent
   */
  Path file(String source, String keys) throws IOException {
    String table = "target-" + ++tables;
    String yaml =
        """
        source:
          type: export
        %ssink:
          table: %s
          endpoint: %s
          write-capacity: 100000
          create-table: {%s}
        pipeline:
          name: %s
          checkpoint: {interval: 200ms, min-pause: 50ms, directory: %s}
          dead-letters: {directory: %s}
          restart: {attempts: 3}
        """
            .formatted(
                source.indent(2),
                table,
                dynamoDb.endpoint(),
                keys,
                table,
                folder.resolve("checkpoints"),
                folder.resolve("letters"));
    return Files.writeString(folder.resolve(table + ".yaml"), yaml);
  }

  static PreparedImport prepare(Path file, @Nullable String resume, String... overrides) {
    return PreparedImport.prepare(ImportFile.read(file, List.of(overrides)), resume);
  }

  /** Runs all steps, and clears up as the command does. */
  static ImportRun.Result run(PreparedImport prepared) throws InterruptedException {
    try (LocalCluster cluster = LocalCluster.start(1, prepared.parallelism())) {
      PreparedStep step = prepared.firstStep();
      while (true) {
        ImportRun.Result result = cluster.submit(step).result();
        Optional<PreparedStep> next =
            result.report().isComplete() ? prepared.next(step, result) : Optional.empty();
        if (next.isEmpty()) {
          if (result.report().isComplete()) {
            prepared.clearCheckpoints();
          }
          return result;
        }
        step = next.get();
      }
    }
  }

  /** The run came to its end, has read so many items, and the table holds these. */
  void assertWhole(
      Path file, ImportRun.Result result, long read, Collection<Map<String, Value>> items) {
    assertThat(result.failure()).isEmpty();
    Ledger ledger = result.report().ledger();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(read);
    assertThat(ledger.get(Count.REJECTED)).as(result.rejected().toString()).isZero();
    assertThat(content(file)).containsExactlyElementsOf(CanonicalText.of(items));
  }

  List<String> content(Path file) {
    String name = String.valueOf(file.getFileName());
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      return LocalTables.content(client, name.substring(0, name.length() - ".yaml".length()));
    }
  }

  /** Whether the import's table was made. */
  boolean hasTable(Path file) {
    String name = String.valueOf(file.getFileName());
    try (DynamoDbClient client = LocalTables.client(dynamoDb.endpoint())) {
      return client.listTables().tableNames().contains(name.replace(".yaml", ""));
    }
  }

  @Override
  public void close() {
    dynamoDb.close();
  }
}
