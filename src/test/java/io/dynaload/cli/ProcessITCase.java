package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.local.S3Server;
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
 * The program as a process of its own: signals, kill -9, checkpoints on S3, and no secret anywhere.
 */
@Timeout(240)
class ProcessITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private LocalImport local;
  private S3Server s3;

  @BeforeEach
  void startTheServers() throws Exception {
    local = LocalImport.start(12_000, folder);
    s3 = S3Server.start("bucket", folder);
  }

  @AfterEach
  void stopTheServers() {
    s3.close();
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
                local.file().toString(),
                "--report",
                folder.resolve("report.json").toString(),
                "--set",
                "pipeline.checkpoint.directory=s3://bucket/checkpoints"));
    command.addAll(Arrays.asList(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    return builder
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

  /** Waits until the process has a completed checkpoint on S3. */
  private void awaitCheckpoint(Process process) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!s3.list("bucket", "checkpoints").contains("_metadata")) {
      assertThat(process.isAlive()).as(text("err")).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private void finishes(String... options) throws Exception {
    Process process = start(options);
    assertThat(exitOf(process)).as("%s%n%s", text("out"), text("err")).isZero();
    assertThat(report().get("balanced").asBoolean()).isTrue();
    assertThat(report().get("read").asLong()).isEqualTo(local.expectedRows());
    assertThat(report().get("written").asLong()).isEqualTo(local.expectedRows());
    local.assertWhole();
    assertThat(s3.list("bucket", "checkpoints")).doesNotContain("_metadata");
  }

  @Test
  void aTerminatedImportSaysHowToGoOnAndGoesOn() throws Exception {
    Process process = start("--set", "sink.write-capacity=500");
    awaitCheckpoint(process);
    process.destroy();

    assertThat(exitOf(process)).isEqualTo(143);
    assertThat(text("err")).contains("To go on: the same command with --resume latest");
    assertThat(text("out")).contains("readings interrupted in ").contains("; balanced");
    assertThat(report().get("state").asText()).isEqualTo("INTERRUPTED");
    assertThat(report().get("balanced").asBoolean()).isTrue();

    finishes("--resume", "latest", "--set", "pipeline.parallelism=1");
  }

  @Test
  void aKilledImportGoesOnFromItsLastCheckpoint() throws Exception {
    Process process = start("--set", "sink.write-capacity=500");
    awaitCheckpoint(process);
    process.destroyForcibly();
    exitOf(process);

    finishes("--resume", "latest");
  }

  @Test
  void anImportThatIsInterruptedFromTheKeyboardSaysSo() throws Exception {
    Process process = start("--set", "sink.write-capacity=500");
    awaitCheckpoint(process);
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();

    assertThat(exitOf(process)).isEqualTo(130);
    assertThat(text("err")).contains("To go on: the same command with --resume latest");
  }

  @Test
  void noSecretLeavesTheProcess() throws Exception {
    Path checkpoints = folder.resolve("checkpoints");
    Process process =
        start(
            "--set",
            "sink.write-capacity=500",
            "--set",
            "pipeline.checkpoint.directory=" + checkpoints);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (files(checkpoints, "_metadata").isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      assertThat(process.isAlive()).as(text("err")).isTrue();
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    String commandLine = process.info().commandLine().orElse("");
    process.destroy();
    exitOf(process);

    assertThat(commandLine).doesNotContain(LocalImport.PASSWORD);
    Files.delete(folder.resolve("password"));
    assertThat(files(folder, "")).allSatisfy(ProcessITCase::assertHoldsNoSecret);
    assertThat(files(checkpoints, "_metadata")).isNotEmpty();
    assertThat(files(checkpoints, "import.json")).isNotEmpty();
    assertThat(text("logs/dynaload.log")).contains("Completed checkpoint");
  }

  private static void assertHoldsNoSecret(Path file) throws IOException {
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertThat(bytes).as(file.toString()).doesNotContain(LocalImport.PASSWORD);
  }

  /** The files below a folder whose names end so; checkpoints may vanish while it looks. */
  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .toList();
    } catch (java.io.UncheckedIOException vanished) {
      return List.of();
    }
  }
}
