package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.SharedLimit;
import io.dynaload.metrics.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Imports that write to one table at the same time, each with its part of the table's limit. */
@Timeout(120)
class SharedTargetITCase {
  @TempDir private Path folder;

  private ImportsFile file(LocalImport local) throws Exception {
    Path file = folder.resolve("imports.yaml");
    Files.writeString(
        file,
        Files.readString(local.file())
            + """
            max-concurrent: 2
            imports:
              - name: early
                source: {to: 2023-01-11 00:00:00}
              - name: middle
                source: {from: 2023-01-11 00:00:00, to: 2023-01-21 00:00:00}
              - name: late
                source: {from: 2023-01-21 00:00:00}
            """);
    return ImportsFile.read(file, List.of("sink.write-capacity=400"));
  }

  private static void awaitLimit(ImportRun run, double units) throws InterruptedException {
    while (run.live().writeLimit() != units) {
      assertThat(run.await(Duration.ofMillis(10))).as("over before %s", units).isFalse();
    }
  }

  @Test
  void aLimitIsDividedAmongThoseThatRunAndTheirItemsAreAllThere() throws Exception {
    try (LocalImport local = LocalImport.start(6_000, folder);
        LocalCluster first = LocalCluster.start(1, 2);
        LocalCluster second = LocalCluster.start(1, 2)) {
      ImportsFile file = file(local);
      try (SharedLimit limits = file.openLimits()) {
        ImportRun early = first.submit(prepare(file, "early"));
        awaitLimit(early, 400);
        ImportRun middle = second.submit(prepare(file, "middle"));
        awaitLimit(early, 200);
        awaitLimit(middle, 200);
        assertThat(early.result().report().isComplete()).isTrue();
        ImportRun late = first.submit(prepare(file, "late"));
        assertThat(late.result().report().isComplete()).isTrue();
        assertThat(middle.result().report().isComplete()).isTrue();
      }
      local.assertWhole();
    }
  }

  @Test
  void whatOneLeavesGoesToTheOther() throws Exception {
    try (LocalImport local = LocalImport.start(6_000, folder);
        LocalCluster first = LocalCluster.start(1, 2);
        LocalCluster second = LocalCluster.start(1, 2)) {
      ImportsFile file = file(local);
      try (SharedLimit limits = file.openLimits()) {
        ImportRun early = first.submit(prepare(file, "early"));
        ImportRun middle = second.submit(prepare(file, "middle"));
        awaitLimit(middle, 200);
        early.interrupt();
        awaitLimit(middle, 400);
        middle.interrupt();
        assertThat(middle.result().report().state()).isEqualTo(RunState.INTERRUPTED);
      }
    }
  }

  @Test
  void whatOneHadGoesToTheOtherThoughItsClusterIsGone() throws Exception {
    try (LocalImport local = LocalImport.start(6_000, folder);
        LocalCluster first = LocalCluster.start(1, 2);
        LocalCluster second = LocalCluster.start(1, 2)) {
      ImportsFile file = file(local);
      try (SharedLimit limits = file.openLimits()) {
        ImportRun middle = second.submit(prepare(file, "middle"));
        first.submit(prepare(file, "early"));
        awaitLimit(middle, 200);
        first.close();
        awaitLimit(middle, 400);
        middle.interrupt();
        assertThat(middle.result().report().state()).isEqualTo(RunState.INTERRUPTED);
      }
    }
  }

  private static PreparedStep prepare(ImportsFile file, String name) {
    ImportFile each = Objects.requireNonNull(file.imports().get(name));
    return PreparedImport.prepare(each, null).firstStep();
  }
}
