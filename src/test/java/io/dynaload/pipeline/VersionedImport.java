package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.deadletter.DeadLetter;
import io.dynaload.deadletter.DeadLetterReader;
import io.dynaload.faulty.FaultyServer;
import io.dynaload.faulty.ModelKey;
import io.dynaload.faulty.TableSpec;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An import of {@link VersionedItems} into a {@link FaultyServer}, for tests of whole imports. */
final class VersionedImport implements AutoCloseable {
  private static final String TABLE = "versions";

  private final VersionedItems items;
  private final FaultyServer server;
  private final Path file;

  private VersionedImport(VersionedItems items, FaultyServer server, Path file) {
    this.items = items;
    this.server = server;
    this.file = file;
  }

  /** Starts the server with its table. */
  static VersionedImport start(VersionedItems items, TableSpec spec, Path folder)
      throws IOException {
    FaultyServer server = FaultyServer.start();
    server.create(TABLE, spec).refuseItemsWith(VersionedItems.REFUSED);
    return new VersionedImport(items, server, write(TABLE, server.endpoint(), folder));
  }

  /** Writes the file of an import into a table. */
  static Path write(String table, URI endpoint, Path folder) throws IOException {
    // The source stands for the file's form; it is replaced once the file is read.
    String yaml =
        """
        source:
          type: lindorm
          url: jdbc:lindorm:table:url=http://127.0.0.1:1
          username: none
          password: ${file:none}
          table: none
          timestamp-column: none
          from: 2023-01-01
          to: 2023-02-01
        sink: {table: %s, endpoint: '%s', write-capacity: 100000}
        pipeline:
          name: versions
          checkpoint: {interval: 200ms, min-pause: 50ms, directory: %s}
          restart: {attempts: 100}
          error-budget: 50%%
          dead-letters: {directory: %s}
        """
            .formatted(table, endpoint, folder.resolve("checkpoints"), folder.resolve("letters"));
    return Files.writeString(folder.resolve("import.yaml"), yaml);
  }

  /** Reads a file, with {@code key=value} overrides, and puts the source into it. */
  static ImportFile read(Path file, OrderedItems items, String... overrides) {
    ImportFile read = ImportFile.read(file, Arrays.asList(overrides));
    return new ImportFile(
        new OrderedSource(items), read.transform(), read.sink(), read.pipeline(), read.identity());
  }

  FaultyServer server() {
    return server;
  }

  /** Reads the file, with {@code key=value} overrides. */
  ImportFile read(String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    switch (items.mode()) {
      case OVERWRITE -> {}
      case INSERT_ONLY -> all.add("sink.write-mode=insert-only");
      case NEWER_WINS ->
          all.addAll(List.of("sink.write-mode=newer-wins", "sink.version-attribute=version"));
    }
    return read(file, items, all.toArray(String[]::new));
  }

  /** Counts, from now on, the puts of a version that is older than the one put before it. */
  AtomicLong stepsBack() {
    Map<ModelKey, Long> versions = new HashMap<>();
    AtomicLong stepsBack = new AtomicLong();
    server
        .table(TABLE)
        .onPut(
            (key, item) -> {
              long version = item.at("/version/N").asLong();
              Long before = versions.put(key, version);
              if (before != null && before > version) {
                stepsBack.incrementAndGet();
              }
            });
    return stepsBack;
  }

  /** Items that are done with, in whatever way. */
  static long settled(ImportRun run) {
    return Stream.of(Count.WRITTEN, Count.DELETED, Count.SUPERSEDED, Count.SKIPPED, Count.REJECTED)
        .mapToLong(run.live()::count)
        .sum();
  }

  /** Waits until so many items are settled; the run must not end before. */
  static void awaitSettled(ImportRun run, long items) throws InterruptedException {
    while (settled(run) < items) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before %d items", items).isFalse();
    }
  }

  /** The table holds what remains of the versions of each key, and each item is counted once. */
  void assertComplete(ImportRun.Result result) throws IOException {
    assertThat(result.failure()).isEmpty();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    Ledger ledger = result.report().ledger();
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(items.size());
    assertThat(ledger.get(Count.REJECTED)).isEqualTo(items.bad().size());
    assertThat(content()).containsExactlyElementsOf(items.remaining());
    assertThat(deadLetters()).isEqualTo(items.bad());
    assertThat(server.overlaps()).as("calls with a key that was in flight").isZero();
  }

  /** Where the dead letters of all runs come from, each once. */
  private Set<String> deadLetters() throws IOException {
    Set<String> origins = new TreeSet<>();
    for (String letters : read().pipeline().deadLetters().store("versions").toReplay()) {
      try (DeadLetterReader reader = new DeadLetterReader(letters)) {
        for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
          origins.add(letter.id().substring(letter.id().indexOf('/') + 1));
        }
      }
    }
    return origins;
  }

  private List<String> content() {
    try (DynamoDbClient client = LocalTables.client(server.endpoint())) {
      return LocalTables.content(client, TABLE);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
