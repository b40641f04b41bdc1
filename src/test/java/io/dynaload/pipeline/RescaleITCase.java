package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.TableSpec;
import io.dynaload.metrics.RunState;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An import of keys that come again and again goes on at another parallelism, from checkpoints that
 * hold items which were on their way: the last version of each key stays, each item counts once.
 */
class RescaleITCase {
  private static final int UNITS = 6;
  private static final int ITEMS_PER_UNIT = 2_000;
  private static final double BAD = 0.01;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @Timeout(120)
  void theOrderOfAKeysVersionsIsKeptFromTwoSubtasksToThreeToTwoToOne(long seed) throws Exception {
    VersionedItems items =
        new VersionedItems(seed, UNITS, ITEMS_PER_UNIT, ITEMS_PER_UNIT / 20, BAD);
    try (VersionedImport whole =
        VersionedImport.start(items, TableSpec.unlimited(VersionedItems.KEYS), folder)) {
      whole.server().service().atRandom(seed, 0.05);
      interruptAfter(items.size() / 4, whole, 2, null);
      interruptAfter(items.size() / 2, whole, 3, "latest");
      interruptAfter(items.size() * 3 / 4, whole, 2, "latest");
      AtomicLong stepsBack = whole.stepsBack();
      try (LocalCluster cluster = LocalCluster.start(1, 1)) {
        whole.assertComplete(cluster.submit(prepare(whole, 1, "latest").toJob()).result());
      }
      assertThat(stepsBack).hasValue(0);
    }
  }

  /** So slow a sink that all buffers before it are full, and no checkpoint waits for them. */
  private static PreparedImport prepare(
      VersionedImport whole, int parallelism, @Nullable String resume) {
    ImportFile file =
        whole.read(
            "sink.write-capacity=400",
            "pipeline.parallelism=" + parallelism,
            "pipeline.checkpoint.aligned-timeout=0ms");
    return PreparedImport.prepare(file, resume);
  }

  private static void interruptAfter(
      long settled, VersionedImport whole, int parallelism, @Nullable String resume)
      throws Exception {
    AtomicLong stepsBack = whole.stepsBack();
    try (LocalCluster cluster = LocalCluster.start(1, parallelism)) {
      ImportRun run = cluster.submit(prepare(whole, parallelism, resume).toJob());
      VersionedImport.awaitSettled(run, settled);
      assertThat(run.interrupt()).isTrue();
      assertThat(itemsOnTheirWay(cluster, run)).as("bytes in a checkpoint").isPositive();
      ImportRun.Result interrupted = run.result();
      assertThat(interrupted.report().state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(interrupted.report().ledger().balanced()).isTrue();
      // What is read again after a checkpoint may step back once; within one run nothing does.
      assertThat(stepsBack).as("at parallelism " + parallelism).hasValue(0);
    }
  }

  private static long itemsOnTheirWay(LocalCluster cluster, ImportRun run) throws Exception {
    return cluster
        .flink()
        .getExecutionGraph(run.id())
        .get()
        .getCheckpointStatsSnapshot()
        .getSummaryStats()
        .getPersistedDataStats()
        .getMaximum();
  }
}
