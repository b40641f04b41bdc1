package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.pipeline.LocalImport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private LocalImport local;

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
  }

  @AfterEach
  void stopTheServers() {
    local.close();
  }

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // A test runner in the background may ignore SIGINT, and its children with it.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Ddynaload.home=" + System.getProperty("dynaload.home"),
                "-Ddynaload.log-dir=" + folder.resolve("logs"),
                "-Dlog4j2.configurationFile=classpath:log4j2-run.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "import",
                folder.resolve("imports.yaml").toString(),
                "--report",
                folder.resolve("report.json").toString()));
    command.addAll(Arrays.asList(options));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }

  private int exitOf(Process process) throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("%s%n%s", text("out"), text("err"))
        .isTrue();
    return process.exitValue();
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private long countOf(String importName, String count) throws IOException {
    for (JsonNode each : report().path("imports")) {
      if (each.path("name").asText().equals("readings/" + importName)) {
        return each.path(count).asLong();
      }
    }
    throw new AssertionError("no " + importName + " in " + report());
  }

  /** Waits until an import that runs has a completed checkpoint. */
  private void awaitCheckpointOf(String importName, Process process) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasCheckpoint(importName)) {
      assertThat(process.isAlive()).as("%s%n%s", text("out"), text("err")).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
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
    Process process = start(all.toArray(String[]::new));
    assertThat(exitOf(process)).as("%s%n%s", text("out"), text("err")).isZero();
    assertThat(report().path("state").asText()).isEqualTo("FINISHED");
    assertThat(report().path("balanced").asBoolean()).isTrue();
    assertThat(report().path("read").asLong()).isEqualTo(local.expectedRows());
    assertThat(report().path("written").asLong()).isEqualTo(local.expectedRows());
    local.assertWhole();
    assertThat(local.checkpoints().resolve("readings")).isEmptyDirectory();
  }

  @Test
  void theyAreInterruptedInTheSecondAndGoOnWithIt() throws Exception {
    Process process = start("--set", "sink.write-capacity=500");
    awaitCheckpointOf("middle", process);
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();

    assertThat(exitOf(process)).as(text("err")).isEqualTo(130);
    assertThat(text("out"))
        .contains("readings/early finished in ", "readings/middle interrupted in ")
        .doesNotContain("readings/late")
        .contains("; 1 of 3 imports done");
    assertThat(text("err"))
        .contains("middle: Stopping: taking a last checkpoint")
        .contains("Not done: middle (exit code 130), late (exit code 130)")
        .contains("the same command with --resume latest (from file:");
    assertThat(report().path("state").asText()).isEqualTo("INTERRUPTED");
    long middle = countOf("middle", "written");
    assertThat(middle).isPositive();

    goesOnToTheEnd();
    assertThat(text("err"))
        .contains("early: done by an earlier run", "middle: going on from file:")
        .doesNotContain("late: going on");
    assertThat(text("out")).doesNotContain("readings/early");
    assertThat(countOf("middle", "written")).isGreaterThan(middle);
  }

  @Test
  void twoAtATimeAreInterruptedTogetherAndBothGoOn() throws Exception {
    Process process =
        start(
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

    assertThat(exitOf(process)).as(text("err")).isEqualTo(143);
    assertThat(text("out"))
        .contains("readings/early interrupted in ", "readings/middle interrupted in ");

    goesOnToTheEnd(
        "--set",
        "max-concurrent=3",
        "--set",
        "imports.early.source.to=2023-01-13 00:00:00",
        "--set",
        "imports.middle.source.from=2023-01-13 00:00:00");
    assertThat(text("err")).contains("early: going on from ", "middle: going on from ");
  }

  @Test
  void theyAreKilledInTheSecondAndGoOnWithIt() throws Exception {
    Process process = start("--set", "sink.write-capacity=500");
    awaitCheckpointOf("middle", process);
    process.destroyForcibly();
    exitOf(process);

    goesOnToTheEnd();
    assertThat(text("err")).contains("early: done by an earlier run", "middle: going on from ");
  }
}
