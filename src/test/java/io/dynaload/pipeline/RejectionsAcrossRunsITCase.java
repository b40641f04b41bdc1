package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.deadletter.DeadLetter;
import io.dynaload.deadletter.DeadLetterReader;
import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dead letters and the ledger of imports that are killed, interrupted and resumed. */
@Timeout(240)
class RejectionsAcrossRunsITCase {
  private static final int BAD = 100;

  @TempDir private Path folder;
  private LocalImport local;

  @BeforeEach
  void startTheServers() throws Exception {
    local = LocalImport.start(20_000, folder);
    local.spoil(BAD);
  }

  @AfterEach
  void stopTheServers() {
    local.close();
  }

  private static void awaitRejected(ImportRun run, long items) throws InterruptedException {
    while (run.live().count(Count.REJECTED) < items) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before %d items", items).isFalse();
    }
  }

  private List<String> letters() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String file : local.read().pipeline().deadLetters().store("readings").toReplay()) {
      try (DeadLetterReader reader = new DeadLetterReader(file)) {
        @Nullable DeadLetter letter;
        while ((letter = reader.next()) != null) {
          assertThat(letter.item().jsonText()).contains("\"temperature\":{\"N\":\"NaN\"}");
          ids.add(letter.id());
        }
      }
    }
    return ids;
  }

  private void assertExact(ImportRun.Result result) throws IOException {
    assertThat(result.failure()).isEmpty();
    Ledger ledger = result.report().ledger();
    assertThat(result.report().state()).isEqualTo(RunState.FINISHED);
    assertThat(ledger.balanced()).as(result.report().summary()).isTrue();
    assertThat(ledger.get(Count.READ)).isEqualTo(local.expected().size());
    assertThat(ledger.get(Count.REJECTED)).isEqualTo(BAD);
    assertThat(result.rejected()).containsOnlyKeys("UNSUPPORTED_VALUE").containsValue((long) BAD);
    assertThat(local.found()).hasSize(local.expected().size() - BAD);
    Set<String> ids = new HashSet<>(letters());
    assertThat(ids).hasSize(BAD);
  }

  @Test
  void aTaskManagerThatIsKilledCostsNoLetterAndNoCount() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(2, 1)) {
      cluster.flink().startTaskManager();
      ImportRun run =
          cluster.submit(
              PreparedImport.prepare(local.read("sink.write-capacity=2500"), null).toJob());
      awaitRejected(run, 30);
      cluster.flink().terminateTaskManager(0).get();
      cluster.flink().startTaskManager();
      assertExact(run.result());
    }
  }

  @Test
  void theErrorBudgetIsOfAllSubtasksTogether() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(2, 1)) {
      ImportRun run =
          cluster.submit(
              PreparedImport.prepare(local.read("sink.write-capacity=2500"), null).toJob());
      while (run.live().jobRejected() < 30) {
        assertThat(run.await(Duration.ofMillis(10))).as("over before 30 items").isFalse();
      }
      assertThat(run.live().jobSeen()).isGreaterThan(30);
      assertThat(run.hasSpent(ErrorBudget.parse("29"))).isTrue();
      assertThat(run.hasSpent(ErrorBudget.parse(Integer.toString(BAD)))).isFalse();
      assertExact(run.result());
    }
  }

  @Test
  void aLetterKeepsItsIdWhenTheImportGoesOnAtAnotherParallelism() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      PreparedImport prepared =
          PreparedImport.prepare(local.read("sink.write-capacity=2000"), null);
      ImportRun run = cluster.submit(prepared.toJob());
      awaitRejected(run, 20);
      while (prepared.newestCheckpoint().isEmpty()) {
        assertThat(run.await(Duration.ofMillis(10))).as("over before a checkpoint").isFalse();
      }
      // No last checkpoint, so what came after the newest one is rejected again.
      cluster.flink().cancelJob(run.id()).get();
      assertThat(run.result().report().state()).isEqualTo(RunState.INTERRUPTED);
    }
    assertThat(letters()).hasSizeGreaterThanOrEqualTo(20);
    try (LocalCluster cluster = LocalCluster.start(1, 3)) {
      assertExact(
          cluster
              .submit(
                  PreparedImport.prepare(local.read("pipeline.parallelism=3"), "latest").toJob())
              .result());
    }
  }

  @Test
  void aFolderThatIsGoneDuringTheRunEndsItWithTheTargetsCode() throws Exception {
    PreparedImport prepared =
        PreparedImport.prepare(local.read("pipeline.restart.attempts=1"), null);
    Files.writeString(local.letters(), "a file in its place");
    try (LocalCluster cluster = LocalCluster.start(1, 2)) {
      ImportRun.Result result = cluster.submit(prepared.toJob()).result();
      assertThat(result.report().state()).isEqualTo(RunState.FAILED);
      ImportException failure = result.failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(ErrorCode.TARGET);
      assertThat(failure.problem())
          .startsWith("The dead letters cannot be written to file:" + local.letters());
      assertThat(failure.remedy()).contains("pipeline.dead-letters.directory", "--resume latest");
    }
  }
}
