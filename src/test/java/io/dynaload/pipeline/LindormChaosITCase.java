package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.FaultyProxy;
import io.dynaload.local.FaultyProxy.Fault;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole import while everything between Lindorm and the target goes wrong, each at moments that a
 * seed draws: connections to Lindorm are cut, stalled and closed as idle, TaskManagers are killed.
 */
@Timeout(90)
class LindormChaosITCase {
  private static final long ROWS = 14_000;
  private static final int KILLS = 2;
  private static final int KILL_EVERY = 2_000;

  /** Shorter than what a reader waits for a sink that is held to its rate. */
  private static final Duration IDLE = Duration.ofMillis(200);

  /** After which a reader takes a stalled connection for dead. */
  private static final int SOCKET_MILLIS = 500;

  @TempDir private Path folder;
  private LocalImport local;

  @BeforeEach
  void startTheServers() throws Exception {
    local = LocalImport.start(ROWS, folder);
  }

  @AfterEach
  void stopTheServers() {
    local.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyRowComesIntoTheTableOnceWhateverBreaks(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (FaultyProxy proxy = FaultyProxy.start("127.0.0.1", local.lindorm().port(), seed);
        LocalCluster cluster = LocalCluster.start(2, 1)) {
      cluster.flink().startTaskManager(); // a spare one
      PreparedImport prepared = PreparedImport.prepare(throughProxy(proxy), null);
      proxy.cutIdle(IDLE);
      proxy.atRandom(0.9, 2_000, 60_000, Fault.CUT, Fault.CUT, Fault.CUT, Fault.STALL);

      ImportRun run = cluster.submit(prepared.toJob());
      long written = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        written += KILL_EVERY / 2 + random.nextInt(KILL_EVERY / 2);
        awaitWritten(run, written);
        cluster.flink().terminateTaskManager(kill).get();
        cluster.flink().startTaskManager();
      }

      assertComplete(run.result());
      assertThat(proxy.decisions())
          .extracting(FaultyProxy.Decision::fault)
          .contains(Fault.CUT, Fault.STALL);
      assertThat(proxy.cuts()).as("connections that were cut").isGreaterThan(10);
    }
  }

  private ImportFile throughProxy(FaultyProxy proxy) {
    return local.read(
        "source.url=jdbc:lindorm:table:url=http://127.0.0.1:"
            + proxy.port()
            + ";lindorm.tsdb.driver.socket.timeout="
            + SOCKET_MILLIS,
        "source.page-size=150",
        "sink.write-capacity=2000",
        "pipeline.restart.attempts=100");
  }

  /** Waits until the run has written so many items; it must not end before. */
  private static void awaitWritten(ImportRun run, long items) throws InterruptedException {
    while (run.live().count(Count.WRITTEN) < items) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before %d items", items).isFalse();
    }
  }

  /** Rows that are replayed after a kill count once: the ledger goes back with the checkpoint. */
  private void assertComplete(ImportRun.Result result) {
    assertThat(result.failure()).isEmpty();
    Ledger ledger = result.report().ledger();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(local.expectedRows());
    assertThat(ledger.get(Count.WRITTEN)).isEqualTo(local.expectedRows());
    local.assertWhole();
  }
}
