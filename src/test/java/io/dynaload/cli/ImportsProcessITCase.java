package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.pipeline.LocalImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three imports of parts of one Lindorm table into one table, as a process that is interrupted or
 * killed while it does the second of them.
 */
@Timeout(240)
class ImportsProcessITCase {
  @TempDir private Path folder;
  private LocalImport local;
  private CommandProcess command;

  @BeforeEach
  void startTheServers() throws Exception {
    local = LocalImport.start(12_000, folder);
    Files.writeString(
        folder.resolve("imports.yaml"),
        Files.readString(local.file())
            + """
            imports:
              - name: early
                source: {to: 2023-01-05 00:00:00}
                sink: {write-capacity: 100000}
              - name: middle
                source: {from: 2023-01-05 00:00:00, to: 2023-01-21 00:00:00}
              - name: late
                source: {from: 2023-01-21 00:00:00}
            """);
    command = new CommandProcess(folder, folder.resolve("imports.yaml"));
  }

  @AfterEach
  void stopTheServers() {
    local.close();
  }

  private long countOf(String importName, String count) throws IOException {
    for (JsonNode each : command.report().path("imports")) {
      if (each.path("name").asText().equals("readings/" + importName)) {
        return each.path(count).asLong();
      }
    }
    throw new AssertionError("no " + importName + " in " + command.report());
  }

  /** Waits until an import that runs has a completed checkpoint. */
  private void awaitCheckpointOf(String importName, Process process) throws Exception {
    command.await(process, () -> hasCheckpoint(importName));
  }

  /** Checkpoints may vanish while it looks. */
  private boolean hasCheckpoint(String importName) throws IOException {
    if (!Files.exists(local.checkpoints())) {
      return false;
    }
    try (Stream<Path> files = Files.walk(local.checkpoints())) {
      return files.anyMatch(
          file -> file.endsWith("_metadata") && file.toString().contains("/" + importName + "/"));
    } catch (java.io.UncheckedIOException vanished) {
      return false;
    }
  }

  private void goesOnToTheEnd(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--resume", "latest"));
    all.addAll(Arrays.asList(options));
    Process process = command.start(all.toArray(String[]::new));
    assertThat(command.exitOf(process)).as(command.printed()).isZero();
    assertThat(command.report().path("state").asText()).isEqualTo("FINISHED");
    assertThat(command.report().path("balanced").asBoolean()).isTrue();
    assertThat(command.report().path("read").asLong()).isEqualTo(local.expectedRows());
    assertThat(command.report().path("written").asLong()).isEqualTo(local.expectedRows());
    local.assertWhole();
    assertThat(local.checkpoints().resolve("readings")).isEmptyDirectory();
  }

  @Test
  void theyAreInterruptedInTheSecondAndGoOnWithIt() throws Exception {
    Process process = command.start("--set", "sink.write-capacity=500");
    awaitCheckpointOf("middle", process);
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();

    assertThat(command.exitOf(process)).as(command.err()).isEqualTo(130);
    assertThat(command.out())
        .contains("readings/early finished in ", "readings/middle interrupted in ")
        .doesNotContain("readings/late")
        .contains("; 1 of 3 imports done");
    assertThat(command.err())
        .contains("middle: Stopping: taking a last checkpoint")
        .contains("Not done: middle (exit code 130), late (exit code 130)")
        .contains("the same command with --resume latest (from file:");
    assertThat(command.report().path("state").asText()).isEqualTo("INTERRUPTED");
    long middle = countOf("middle", "written");
    assertThat(middle).isPositive();

    goesOnToTheEnd();
    assertThat(command.err())
        .contains("early: done by an earlier run", "middle: going on from file:")
        .doesNotContain("late: going on");
    assertThat(command.out()).doesNotContain("readings/early");
    assertThat(countOf("middle", "written")).isGreaterThan(middle);
  }

  @Test
  void twoAtATimeAreInterruptedTogetherAndBothGoOn() throws Exception {
    Process process =
        command.start(
            "--set",
            "max-concurrent=2",
            "--set",
            "imports.early.sink.write-capacity=300",
            "--set",
            "sink.write-capacity=300",
            // More than fits into the buffers before the sink.
            "--set",
            "imports.early.source.to=2023-01-13 00:00:00",
            "--set",
            "imports.middle.source.from=2023-01-13 00:00:00");
    awaitCheckpointOf("early", process);
    awaitCheckpointOf("middle", process);
    process.destroy();

    assertThat(command.exitOf(process)).as(command.err()).isEqualTo(143);
    assertThat(command.out())
        .contains("readings/early interrupted in ", "readings/middle interrupted in ");

    goesOnToTheEnd(
        "--set",
        "max-concurrent=3",
        "--set",
        "imports.early.source.to=2023-01-13 00:00:00",
        "--set",
        "imports.middle.source.from=2023-01-13 00:00:00");
    assertThat(command.err()).contains("early: going on from ", "middle: going on from ");
  }

  @Test
  void theyAreKilledInTheSecondAndGoOnWithIt() throws Exception {
    Process process = command.start("--set", "sink.write-capacity=500");
    awaitCheckpointOf("middle", process);
    process.destroyForcibly();
    command.exitOf(process);

    goesOnToTheEnd();
    assertThat(command.err()).contains("early: done by an earlier run", "middle: going on from ");
  }
}
