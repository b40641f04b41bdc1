package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.S3Server;
import io.dynaload.pipeline.LocalImport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * The program as a process of its own: signals, kill -9, checkpoints on S3, and no secret anywhere.
 */
@Timeout(240)
class ProcessITCase {
  @TempDir private Path folder;
  private LocalImport local;
  private S3Server s3;
  private CommandProcess command;

  @BeforeEach
  void startTheServers() throws Exception {
    local = LocalImport.start(12_000, folder);
    s3 = S3Server.start("bucket", folder);
    command =
        new CommandProcess(folder, local.file())
            .with("AWS_ENDPOINT_URL_S3", s3.endpoint().toString())
            .with("AWS_ACCESS_KEY_ID", "test")
            .with("AWS_SECRET_ACCESS_KEY", "test");
  }

  @AfterEach
  void stopTheServers() {
    s3.close();
    local.close();
  }

  private Process start(String... options) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--set", "pipeline.checkpoint.directory=s3://bucket/checkpoints"));
    all.addAll(Arrays.asList(options));
    return command.start(all.toArray(String[]::new));
  }

  /** Waits until the process has a completed checkpoint on S3. */
  private void awaitCheckpoint(Process process) throws Exception {
    command.await(process, () -> s3.list("bucket", "checkpoints").contains("_metadata"));
  }

  private void finishes(String... options) throws Exception {
    Process process = start(options);
    assertThat(command.exitOf(process)).as(command.printed()).isZero();
    assertThat(command.report().get("balanced").asBoolean()).isTrue();
    assertThat(command.report().get("read").asLong()).isEqualTo(local.expectedRows());
    assertThat(command.report().get("written").asLong()).isEqualTo(local.expectedRows());
    local.assertWhole();
    assertThat(s3.list("bucket", "checkpoints")).doesNotContain("_metadata");
  }

  @Test
  void aTerminatedImportSaysHowToGoOnAndGoesOn() throws Exception {
    Process process = start("--set", "sink.write-capacity=500");
    awaitCheckpoint(process);
    process.destroy();

    assertThat(command.exitOf(process)).isEqualTo(143);
    assertThat(command.err()).contains("To go on: the same command with --resume latest");
    assertThat(command.out()).contains("readings interrupted in ").contains("; balanced");
    assertThat(command.report().get("state").asText()).isEqualTo("INTERRUPTED");
    assertThat(command.report().get("balanced").asBoolean()).isTrue();

    finishes("--resume", "latest", "--set", "pipeline.parallelism=1");
  }

  @Test
  void aKilledImportGoesOnFromItsLastCheckpoint() throws Exception {
    Process process = start("--set", "sink.write-capacity=500");
    awaitCheckpoint(process);
    process.destroyForcibly();
    command.exitOf(process);

    finishes("--resume", "latest");
  }

  @Test
  void anImportThatIsInterruptedFromTheKeyboardSaysSo() throws Exception {
    Process process = start("--set", "sink.write-capacity=500");
    awaitCheckpoint(process);
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();

    assertThat(command.exitOf(process)).isEqualTo(130);
    assertThat(command.err()).contains("To go on: the same command with --resume latest");
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
    command.await(process, () -> !files(checkpoints, "_metadata").isEmpty());
    String commandLine = process.info().commandLine().orElse("");
    process.destroy();
    command.exitOf(process);

    assertThat(commandLine).doesNotContain(LocalImport.PASSWORD);
    Files.delete(folder.resolve("password"));
    assertThat(files(folder, "")).allSatisfy(ProcessITCase::assertHoldsNoSecret);
    assertThat(files(checkpoints, "_metadata")).isNotEmpty();
    assertThat(files(checkpoints, "import.json")).isNotEmpty();
    assertThat(Files.readString(folder.resolve("logs/dynaload.log")))
        .contains("Completed checkpoint");
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
