package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.TableSpec;
import io.dynaload.faulty.TableSpec.IndexSpec;
import io.dynaload.metrics.Count;
import io.dynaload.sink.WriteMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole imports of keys that come again and again while everything goes wrong, at moments that a
 * seed draws: the service throttles, table and hot partitions alike, leaves items undone, fails, is
 * slow, cuts connections before and after it has written, sends half an answer or a wrong one; and
 * TaskManagers are killed. Afterwards the table equals the model and every item is counted once.
 *
 * <p>{@code dynaload.chaos.seeds}, as {@code 1-4} or {@code 17}, and {@code dynaload.chaos.items}
 * say which imports and how large.
 */
class ChaosITCase {
  private static final int ITEMS = Integer.getInteger("dynaload.chaos.items", 5_000);
  private static final int UNITS = 8;
  private static final int KILLS = 2;
  private static final double FAULTS = 0.25;
  private static final double BAD = 0.004;

  /** Different ones; of ten kinds, and so few draws, one may not come up. */
  private static final int LEAST_FAULTS = 8;

  @TempDir private Path folder;

  static LongStream seeds() {
    String[] range = System.getProperty("dynaload.chaos.seeds", "1-4").split("-");
    return LongStream.rangeClosed(
        Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
  }

  /** Every fourth seed, in each of the modes that write on a condition. */
  static Stream<Arguments> seedsOfConditions() {
    long[] seeds = seeds().toArray();
    return IntStream.range(0, seeds.length)
        .filter(i -> i % 4 == 0)
        .boxed()
        .flatMap(
            i ->
                Stream.of(WriteMode.INSERT_ONLY, WriteMode.NEWER_WINS)
                    .map(mode -> Arguments.of(seeds[i], mode)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Timeout(180)
  void theTableEqualsTheModelAndTheLedgerBalances(long seed) {
    check(seed, ITEMS, WriteMode.OVERWRITE);
  }

  /** One item a call, all versions of a key one after the other. */
  @ParameterizedTest
  @MethodSource("seedsOfConditions")
  @Timeout(180)
  void soItIsUnderConditionsAndWithAnIndex(long seed, WriteMode mode) {
    check(seed, ITEMS / 3, mode);
  }

  private void check(long seed, int size, WriteMode mode) {
    try {
      run(seed, size, mode);
    } catch (Throwable failure) {
      throw new AssertionError(
          "Seed "
              + seed
              + " failed, "
              + mode
              + ". To repeat it: mvn verify -Pchaos -Ddynaload.chaos.seeds="
              + seed
              + " -Ddynaload.chaos.items="
              + ITEMS,
          failure);
    }
  }

  private void run(long seed, int size, WriteMode mode) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    VersionedItems items = new VersionedItems(seed, UNITS, size / UNITS, size / UNITS, BAD, mode);
    double rate = size / 4.0;
    // The table takes less than the sink may send, and a hot partition still less.
    TableSpec spec =
        TableSpec.provisioned(VersionedItems.KEYS, rate).partitioned(4, rate / 3).saving(0.5);
    if (mode != WriteMode.OVERWRITE) {
      spec = spec.with(new IndexSpec("by-version", VersionedItems.BY_VERSION, true, rate));
    }
    Path own = Files.createDirectory(folder.resolve(mode + "-" + seed));
    try (VersionedImport whole = VersionedImport.start(items, spec, own);
        LocalCluster cluster = LocalCluster.start(2, 1)) {
      whole.server().service().atRandom(seed, FAULTS);
      ImportFile file = whole.read("sink.write-capacity=" + Math.round(rate * 1.5));
      ImportRun run = cluster.submit(PreparedImport.prepare(file, null).toJob());
      for (int kill = 0; kill < KILLS; kill++) {
        long from = size * (1 + 3L * kill) / 8;
        VersionedImport.awaitSettled(run, from + random.nextLong(size / 4));
        cluster.flink().terminateTaskManager(kill).get();
        cluster.flink().startTaskManager();
      }
      ImportRun.Result result = run.result();
      whole.assertComplete(result);
      assertThat(result.report().ledger().get(Count.THROTTLED)).isPositive();
      assertThat(result.report().ledger().get(Count.SKIPPED) > 0)
          .isEqualTo(mode != WriteMode.OVERWRITE);
      assertThat(whole.server().service().drawn()).hasSizeGreaterThan(LEAST_FAULTS);
    }
  }
}
