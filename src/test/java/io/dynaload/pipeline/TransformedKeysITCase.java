package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.FaultyServer;
import io.dynaload.faulty.TableSpec;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.source.SourceSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Versions of rows that the source knows by a key of its own, of which the steps make another one:
 * the rows are shuffled by the one on their way to the steps and by the other behind them, and the
 * last version of each stays.
 */
class TransformedKeysITCase {
  private static final String TABLE = "orders";
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("pk", KeyType.S), null);
  private static final int UNITS = 4;
  private static final int ITEMS_PER_UNIT = 4_000;
  private static final int IDS_PER_UNIT = 800;
  private static final int SHARDS = 7;

  private static final String STEPS =
      """
      transform:
        - where: "!item.id.endsWith('0')"
        - set: {pk: "'order#' + upper(item.id)"}
        - key-suffix: {attribute: pk, shards: 7, by: id, separator: '/'}
        - drop: [id]
      """;

  /** Each unit has ids of its own, so that it is known which version of one is the last. */
  private record Items() implements OrderedItems {
    private static final long serialVersionUID = 1L;

    @Override
    public SourceSchema schema() {
      return new SourceSchema(Map.of("id", "S", "version", "N"), List.of("id"));
    }

    @Override
    public boolean deletes() {
      return true;
    }

    @Override
    public int units() {
      return UNITS;
    }

    @Override
    public int itemsPerUnit() {
      return ITEMS_PER_UNIT;
    }

    String id(int unit, int index) {
      return "u" + unit + "-" + new SplittableRandom(unit * 31L + index).nextInt(IDS_PER_UNIT);
    }

    boolean isDelete(int index) {
      return index % 11 == 0;
    }

    @Override
    public Item item(int unit, int index) {
      Origin origin = new Origin("unit-" + unit, index);
      ItemEncoder encoder = new ItemEncoder().begin();
      try {
        encoder.string(new ItemEncoder.Name("id"), id(unit, index));
        return isDelete(index)
            ? encoder.delete(Item.NO_WRITE_TIMESTAMP, origin)
            : encoder
                .number(new ItemEncoder.Name("version"), index)
                .string(new ItemEncoder.Name("text"), "x".repeat(500))
                .put(Item.NO_WRITE_TIMESTAMP, origin);
      } catch (InvalidItemException e) {
        throw new AssertionError(e);
      }
    }

    /** What is left in the table: its key, and the version. */
    Map<String, String> remaining() {
      Map<String, String> remaining = new TreeMap<>();
      for (int unit = 0; unit < UNITS; unit++) {
        for (int index = 0; index < ITEMS_PER_UNIT; index++) {
          String id = id(unit, index);
          CRC32 crc = new CRC32();
          crc.update(id.getBytes(StandardCharsets.UTF_8));
          String pk = "order#U" + id.substring(1) + "/" + crc.getValue() % SHARDS;
          if (isDelete(index)) {
            remaining.remove(pk);
          } else if (!id.endsWith("0")) {
            remaining.put(pk, Integer.toString(index));
          }
        }
      }
      return remaining;
    }
  }

  @TempDir private Path folder;

  private static ImportFile read(Path file, int parallelism) {
    return VersionedImport.read(
        file,
        new Items(),
        "sink.write-capacity=2000",
        "pipeline.parallelism=" + parallelism,
        "pipeline.checkpoint.aligned-timeout=0ms");
  }

  private static ImportRun submit(LocalCluster cluster, Path file, @Nullable String resume)
      throws InterruptedException {
    int parallelism = resume == null ? 3 : 2;
    PreparedImport prepared = PreparedImport.prepare(read(file, parallelism), resume);
    return cluster.submit(prepared.toJob());
  }

  @Test
  @Timeout(120)
  void theLastVersionOfEachRowStays() throws Exception {
    try (FaultyServer server = FaultyServer.start()) {
      Map<String, Long> versions = new ConcurrentHashMap<>();
      AtomicLong stepsBack = new AtomicLong();
      server
          .create(TABLE, TableSpec.unlimited(KEYS))
          .onPut(
              (key, item) -> {
                long version = item.at("/version/N").asLong();
                Long before = versions.put(item.at("/pk/S").asText(), version);
                if (before != null && before > version) {
                  stepsBack.incrementAndGet();
                }
              });
      server.service().atRandom(3, 0.1);
      Path file = VersionedImport.write(TABLE, server.endpoint(), folder);
      Files.writeString(file, STEPS, StandardOpenOption.APPEND);

      try (LocalCluster cluster = LocalCluster.start(1, 3)) {
        ImportRun run = submit(cluster, file, null);
        VersionedImport.awaitSettled(run, UNITS * ITEMS_PER_UNIT / 8);
        assertThat(run.interrupt()).isTrue();
        assertThat(run.result().report().ledger().balanced()).isTrue();
      }
      assertThat(stepsBack).hasValue(0);
      versions.clear(); // What is read again after a checkpoint may step back once.
      ImportRun.Result result;
      try (LocalCluster cluster = LocalCluster.start(1, 2)) {
        result = submit(cluster, file, "latest").result();
      }

      assertThat(result.failure()).isEmpty();
      Ledger ledger = result.report().ledger();
      assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
      assertThat(ledger.get(Count.READ)).isEqualTo(UNITS * ITEMS_PER_UNIT);
      assertThat(ledger.get(Count.FILTERED)).isPositive();
      assertThat(ledger.get(Count.REJECTED)).isZero();
      assertThat(stepsBack).hasValue(0);
      assertThat(content(server)).isEqualTo(new Items().remaining());
    }
  }

  @Test
  void theRowsAreShuffledTwice() throws Exception {
    Path file = VersionedImport.write(TABLE, java.net.URI.create("http://127.0.0.1:1"), folder);
    Files.writeString(file, STEPS, StandardOpenOption.APPEND);
    ImportFile read = read(file, 2);

    assertThat(
            ImportPipeline.routes(read.source(), read.source().inspect(), read.transform(), KEYS))
        .hasToString(
            "to the transform by the source's key id:S, to the sink by the table's key " + KEYS);
  }

  private static Map<String, String> content(FaultyServer server) {
    Map<String, String> content = new TreeMap<>();
    try (DynamoDbClient client = LocalTables.client(server.endpoint())) {
      LocalTables.scan(client, TABLE)
          .forEach(
              item -> {
                assertThat(item).containsOnlyKeys("pk", "version", "text");
                content.put(
                    Objects.requireNonNull(item.get("pk")).s(),
                    Objects.requireNonNull(item.get("version")).n());
              });
    }
    return content;
  }
}
