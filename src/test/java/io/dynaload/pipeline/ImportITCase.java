package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole imports: the real driver, a Flink cluster, DynamoDB Local. */
@Timeout(240)
class ImportITCase {
  private static final long ROWS = 20_000;

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

  private static ImportRun submit(LocalCluster cluster, PreparedImport prepared)
      throws InterruptedException {
    return cluster.submit(prepared.toJob());
  }

  /** Waits until the run has written so many items; it must not end before. */
  private static void awaitWritten(ImportRun run, long items) throws InterruptedException {
    while (run.live().count(Count.WRITTEN) < items) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before %d items", items).isFalse();
    }
  }

  private void assertComplete(ImportRun.Result result) {
    assertThat(result.failure()).isEmpty();
    Ledger ledger = result.report().ledger();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(local.expected().size());
    assertThat(ledger.get(Count.WRITTEN)).isEqualTo(local.expected().size());
    local.assertWhole();
  }

  @Test
  void everyRowOfTheRangeComesIntoTheTableOnce() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedImport prepared = PreparedImport.prepare(local.read(), null);
      ImportRun.Result result = submit(cluster, prepared).result();

      assertComplete(result);
      assertThat(result.report().ledger().get(Count.WRITE_UNITS))
          .isEqualTo(local.expected().size());
      prepared.clearCheckpoints();
      try (Stream<Path> left = Files.walk(local.checkpoints())) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void aTaskManagerThatIsKilledTwiceCostsNoRowAndNoCount() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(2, 1)) {
      cluster.flink().startTaskManager();
      PreparedImport prepared =
          PreparedImport.prepare(local.read("sink.write-capacity=2500"), null);
      ImportRun run = submit(cluster, prepared);

      awaitWritten(run, 2_000);
      cluster.flink().terminateTaskManager(0).get();
      cluster.flink().startTaskManager();
      awaitWritten(run, 5_000);
      cluster.flink().terminateTaskManager(1).get();
      cluster.flink().startTaskManager();

      assertComplete(run.result());
    }
  }

  @Test
  void anInterruptedRunGoesOnAtAnotherParallelismAndLimit() throws Exception {
    long written =
        interruptAfter(
            2_000, PreparedImport.prepare(local.read("sink.write-capacity=2000"), null), 2);
    // Its counts begin at the checkpoint's, so more than those shows that it is under way.
    interruptAfter(
        written + 1_000,
        PreparedImport.prepare(
            local.read("sink.write-capacity=2000", "pipeline.parallelism=1"), "latest"),
        1);

    PreparedImport last = PreparedImport.prepare(local.read("pipeline.parallelism=3"), "latest");
    try (LocalCluster cluster = LocalCluster.start(1, 3)) {
      assertComplete(submit(cluster, last).result());
    }
    last.clearCheckpoints();
    assertThatThrownBy(() -> PreparedImport.prepare(local.read(), "latest"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("there is no completed checkpoint");
  }

  private static long interruptAfter(long written, PreparedImport prepared, int slots)
      throws InterruptedException {
    try (LocalCluster cluster = LocalCluster.start(1, slots)) {
      ImportRun run = submit(cluster, prepared);
      awaitWritten(run, written);
      assertThat(run.interrupt()).isTrue();
      ImportRun.Result interrupted = run.result();

      assertThat(interrupted.report().state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(interrupted.report().ledger().balanced()).isTrue();
      assertThat(interrupted.report().ledger().get(Count.WRITTEN)).isGreaterThanOrEqualTo(written);
      return interrupted.report().ledger().get(Count.WRITTEN);
    }
  }

  @Test
  void anOutageOfTheSourceThatDoesNotPassIsTheSourcesFailure() throws Exception {
    PreparedImport prepared =
        PreparedImport.prepare(
            local.read("sink.write-capacity=2000", "pipeline.restart.attempts=0"), null);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run = submit(cluster, prepared);
      awaitWritten(run, 1_000);
      local.lindorm().stop();
      ImportRun.Result result = run.result();

      assertThat(result.report().state()).isEqualTo(RunState.FAILED);
      assertThat(result.failure().map(ImportException::code)).contains(ErrorCode.SOURCE);
      assertThat(result.failure().map(ImportException::problem).orElse("")).contains("readings");
    }
  }

  @Test
  void aChangedRangeIsRefusedOnResumeAndNamed() throws Exception {
    PreparedImport first = PreparedImport.prepare(local.read("sink.write-capacity=2000"), null);
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun run = submit(cluster, first);
      awaitWritten(run, 1_000);
      run.interrupt();
      run.result();
    }
    assertThatThrownBy(
            () -> PreparedImport.prepare(local.read("source.to=2023-02-02 00:00:00"), "latest"))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageContaining("source.to: was '2023-02-01 00:00:00', is '2023-02-02 00:00:00'");
  }

  @Test
  void theRangeIsInTheSqlThatReachesTheServer() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      long before = local.lindorm().rowsSent();
      assertComplete(submit(cluster, PreparedImport.prepare(local.read(), null)).result());

      // Rows, and the few of DESCRIBE and of the columns' types.
      assertThat(local.lindorm().rowsSent() - before)
          .isBetween((long) local.expected().size(), local.expected().size() + 30L);
      var pages =
          local.lindorm().statements().stream()
              .filter(statement -> statement.sql().contains("ORDER BY"))
              .toList();
      assertThat(pages).isNotEmpty();
      assertThat(pages)
          .allSatisfy(page -> assertThat(page.sql()).containsPattern("`event_time` (>=|>|=) \\?"));
      assertThat(pages.stream().flatMap(page -> page.parameters().stream()))
          .filteredOn(java.time.LocalDateTime.class::isInstance)
          .isNotEmpty()
          .allSatisfy(
              bound ->
                  assertThat((java.time.LocalDateTime) bound)
                      .isBetween("2023-01-01T00:00:00", "2023-02-01T00:00:00"));
    }
  }

  @Test
  void aCheckpointBehindASlowSinkIsDoneInSeconds() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedImport prepared =
          PreparedImport.prepare(
              local.read("sink.write-capacity=1000", "pipeline.checkpoint.interval=1h"), null);
      ImportRun run = submit(cluster, prepared);
      awaitWritten(run, 1_500);
      Instant begun = Instant.now();
      cluster
          .flink()
          .triggerCheckpoint(run.id(), org.apache.flink.core.execution.CheckpointType.FULL)
          .get();
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
      run.interrupt();
      run.result();
    }
  }
}
