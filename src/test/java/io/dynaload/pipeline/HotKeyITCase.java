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
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every other item of a unit is a new version of one key, whose partition takes next to nothing:
 * all other items pass it, at the pace that the sink may go.
 */
class HotKeyITCase {
  private static final String TABLE = "hot";
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("pk", KeyType.S), null);
  private static final int UNITS = 2;
  private static final int ITEMS_PER_UNIT = 3_000;
  private static final int HOT = ITEMS_PER_UNIT / 2;
  private static final int COLD = UNITS * ITEMS_PER_UNIT - HOT;
  private static final int RATE = 1_500;

  /** So many that hardly a cold item is in the partition of the hot one. */
  private static final int PARTITIONS = 10_000;

  /** Write units a second; each time that it is refused the key waits for seconds. */
  private static final double PARTITION_RATE = 1.5;

  private record Items() implements OrderedItems {
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
      boolean hot = unit == 0 && index % 2 == 0;
      try {
        return new ItemEncoder()
            .begin()
            .string(new ItemEncoder.Name("pk"), hot ? "hot" : unit + "-" + index)
            .number(new ItemEncoder.Name("version"), index)
            .put(Item.NO_WRITE_TIMESTAMP, new Origin("unit-" + unit, index));
      } catch (InvalidItemException e) {
        throw new AssertionError(e);
      }
    }
  }

  @TempDir private Path folder;

  @Test
  @Timeout(90)
  void aHotKeysRetriesDoNotHoldUpTheOthers() throws Exception {
    try (FaultyServer server = FaultyServer.start();
        LocalCluster cluster = LocalCluster.start(1, 2)) {
      Map<String, Long> versions = new ConcurrentHashMap<>();
      AtomicLong firstPut = new AtomicLong();
      AtomicLong lastColdPut = new AtomicLong();
      AtomicLong hotPuts = new AtomicLong();
      AtomicLong hotPutsWhenColdWereDone = new AtomicLong();
      TableSpec spec = TableSpec.unlimited(KEYS).partitioned(PARTITIONS, PARTITION_RATE);
      server
          .create(TABLE, spec)
          .onPut(
              (key, item) -> {
                String pk = item.at("/pk/S").asText();
                firstPut.compareAndSet(0, System.nanoTime());
                versions.put(pk, item.at("/version/N").asLong());
                if (pk.equals("hot")) {
                  hotPuts.incrementAndGet();
                } else {
                  lastColdPut.set(System.nanoTime());
                  hotPutsWhenColdWereDone.set(hotPuts.get());
                }
              });
      Path file = VersionedImport.write(TABLE, server.endpoint(), folder);
      // A checkpoint waits for what is buffered, the hot key among it; none falls into the run.
      ImportFile read =
          VersionedImport.read(
              file,
              new Items(),
              "sink.write-capacity=" + RATE,
              "pipeline.parallelism=2",
              "pipeline.checkpoint.interval=10m");
      ImportRun.Result result = cluster.submit(PreparedImport.prepare(read, null).toJob()).result();

      assertThat(result.failure()).isEmpty();
      Ledger ledger = result.report().ledger();
      assertThat(ledger.balanced()).isTrue();
      assertThat(ledger.get(Count.WRITTEN)).isEqualTo(COLD + hotPuts.get());
      assertThat(ledger.get(Count.SUPERSEDED)).isEqualTo(HOT - hotPuts.get());
      assertThat(ledger.get(Count.THROTTLED)).isPositive();
      assertThat(new TreeMap<>(versions))
          .hasSize(COLD + 1)
          .containsEntry("hot", ITEMS_PER_UNIT - 2L);
      // Each of the hot key's versions by itself would take more than ten minutes.
      Duration forCold = Duration.ofNanos(lastColdPut.get() - firstPut.get());
      assertThat(forCold).isLessThan(Duration.ofSeconds(3 * COLD / RATE));
      assertThat(hotPutsWhenColdWereDone).hasValueLessThan(HOT / 10);
    }
  }
}
