package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.local.LocalTables;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.sink.WriteMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A backfill into a table that a live application writes to at the same time, while TaskManagers
 * are killed: the application's items stay as the write mode says, all others are ours, and each
 * item is counted once.
 */
@Timeout(180)
class WriteModesITCase {
  private static final int UNITS = 4;
  private static final int ITEMS_PER_UNIT = 600;
  private static final int ITEMS = UNITS * ITEMS_PER_UNIT;
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("pk", KeyType.S), null);

  private static final int OUR_VERSION = 100;

  /** What the live application does with a key; a quarter of the keys each. */
  private enum Live {
    NOTHING,
    WROTE_A_NEWER_VERSION,
    WROTE_AN_OLDER_VERSION,
    WRITES_MEANWHILE;

    static Live of(int key) {
      return values()[key % values().length];
    }

    int version() {
      return this == WROTE_AN_OLDER_VERSION ? OUR_VERSION - 1 : OUR_VERSION + 1;
    }

    /** Whose item stays; either, if it depends on who comes last. */
    static String winner(Live live, WriteMode mode) {
      return switch (live) {
        case NOTHING -> "backfill";
        case WROTE_A_NEWER_VERSION -> mode == WriteMode.OVERWRITE ? "backfill" : "live";
        case WROTE_AN_OLDER_VERSION -> mode == WriteMode.INSERT_ONLY ? "live" : "backfill";
        case WRITES_MEANWHILE -> mode == WriteMode.OVERWRITE ? "either" : "live";
      };
    }
  }

  private record Backfill() implements OrderedItems {
    private static final long serialVersionUID = 1L;

    @Override
    public int units() {
      return UNITS;
    }

    @Override
    public int itemsPerUnit() {
      return ITEMS_PER_UNIT;
    }

    @Override
    public Item item(int unit, int index) {
      try {
        return new ItemEncoder()
            .begin()
            .string(new ItemEncoder.Name("pk"), "k" + (unit * ITEMS_PER_UNIT + index))
            .number(new ItemEncoder.Name("version"), OUR_VERSION + ".0")
            .string(new ItemEncoder.Name("by"), "backfill")
            .put(Item.NO_WRITE_TIMESTAMP, new Origin("unit-" + unit, index));
      } catch (InvalidItemException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static EmbeddedDynamoDb dynamoDb;
  private static DynamoDbClient client;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    dynamoDb = EmbeddedDynamoDb.start();
    client = LocalTables.client(dynamoDb.endpoint());
  }

  @AfterAll
  static void stop() {
    client.close();
    dynamoDb.close();
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void whatIsLiveStaysAsTheModeSaysThroughKills(WriteMode mode) throws Exception {
    LocalTables.create(client, mode.name(), KEYS);
    writeLive(mode.name(), keys(Live.WROTE_A_NEWER_VERSION));
    writeLive(mode.name(), keys(Live.WROTE_AN_OLDER_VERSION));
    List<Integer> meanwhile = keys(Live.WRITES_MEANWHILE);
    Collections.shuffle(meanwhile, new Random(1));
    Path file = VersionedImport.write(mode.name(), dynamoDb.endpoint(), folder);
    ImportFile read = VersionedImport.read(file, new Backfill(), overrides(mode));
    try (LocalCluster cluster = LocalCluster.start(2, 1)) {
      ImportRun run = cluster.submit(PreparedImport.prepare(read, null).toJob());
      CompletableFuture<Void> live =
          CompletableFuture.runAsync(() -> writeLive(mode.name(), meanwhile));
      for (int kill = 0; kill < 2; kill++) {
        VersionedImport.awaitSettled(run, ITEMS * (1 + kill) / 4);
        cluster.flink().terminateTaskManager(kill).get();
        cluster.flink().startTaskManager();
      }
      ImportRun.Result result = run.result();
      live.get(60, TimeUnit.SECONDS);

      assertThat(result.failure()).isEmpty();
      assertLedger(result.report().ledger(), mode);
      assertTable(mode);
    }
  }

  private static String[] overrides(WriteMode mode) {
    List<String> overrides = new ArrayList<>(List.of("sink.write-capacity=800"));
    switch (mode) {
      case OVERWRITE -> {}
      case INSERT_ONLY -> overrides.add("sink.write-mode=insert-only");
      case NEWER_WINS -> {
        overrides.add("sink.write-mode=newer-wins");
        overrides.add("sink.version-attribute=version");
      }
    }
    return overrides.toArray(String[]::new);
  }

  private static List<Integer> keys(Live live) {
    return new ArrayList<>(
        IntStream.range(0, ITEMS).filter(key -> Live.of(key) == live).boxed().toList());
  }

  private static void writeLive(String table, List<Integer> keys) {
    for (int key : keys) {
      String version = Integer.toString(Live.of(key).version());
      client.putItem(
          put ->
              put.tableName(table)
                  .item(
                      Map.of(
                          "pk", AttributeValue.fromS("k" + key),
                          "version", AttributeValue.fromN(version),
                          "by", AttributeValue.fromS("live"))));
    }
  }

  private static void assertLedger(Ledger ledger, WriteMode mode) {
    assertThat(ledger.balanced()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(ITEMS);
    assertThat(ledger.get(Count.WRITTEN) + ledger.get(Count.SKIPPED)).isEqualTo(ITEMS);
    int quarter = ITEMS / Live.values().length;
    switch (mode) {
      case OVERWRITE -> assertThat(ledger.get(Count.SKIPPED)).isZero();
      case INSERT_ONLY ->
          assertThat(ledger.get(Count.SKIPPED)).isBetween(2L * quarter, 3L * quarter);
      case NEWER_WINS ->
          assertThat(ledger.get(Count.SKIPPED)).isBetween(1L * quarter, 2L * quarter);
    }
  }

  private static void assertTable(WriteMode mode) {
    Map<String, String> found = new HashMap<>();
    for (Map<String, AttributeValue> item : LocalTables.scan(client, mode.name())) {
      found.put(text(item, "pk"), text(item, "by"));
    }
    assertThat(found).hasSize(ITEMS);
    for (int key = 0; key < ITEMS; key++) {
      String winner = Live.winner(Live.of(key), mode);
      if (!winner.equals("either")) {
        assertThat(found.get("k" + key)).as("k%d, %s", key, Live.of(key)).isEqualTo(winner);
      }
    }
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name)).s();
  }
}
