package io.dynaload.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.local.FaultyProxy;
import io.dynaload.pipeline.LocalImport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A target that goes away for longer than an import waits for it, as a user meets it. */
@Timeout(240)
class GiveUpCommandITCase {
  @TempDir private Path folder;

  private record Outcome(ExitStatus status, String out, String err) {}

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status =
        DynaloadCommand.execute(
            arguments,
            new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), 0));
    return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static boolean hasCheckpoint(LocalImport local) {
    try (Stream<Path> files = Files.walk(local.checkpoints())) {
      return files.anyMatch(file -> file.endsWith("_metadata"));
    } catch (IOException | RuntimeException e) {
      return false; // Flink puts them there and takes them away as we look.
    }
  }

  @Test
  void theImportEndsWithTheTargetsExitCodeAndGoesOnOnceItIsBack() throws Exception {
    try (LocalImport local = LocalImport.start(20_000, folder);
        FaultyProxy proxy =
            FaultyProxy.start(local.target().getHost(), local.target().getPort(), 1)) {
      String file = local.file().toString();
      String endpoint = "--set=sink.endpoint=http://127.0.0.1:" + proxy.port();
      CompletableFuture<Outcome> running =
          CompletableFuture.supplyAsync(
              () ->
                  run(
                      "import",
                      file,
                      endpoint,
                      "--set=sink.write-capacity=1500",
                      "--set=sink.give-up-after=2s"));
      Object pause = new Object();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!hasCheckpoint(local)) {
        assertThat(running).as("over before a checkpoint").isNotDone();
        assertThat(System.nanoTime()).isLessThan(deadline);
        synchronized (pause) {
          pause.wait(20);
        }
      }

      proxy.refuse();
      proxy.cutNow();
      Outcome gaveUp = running.join();

      assertThat(gaveUp.status()).as(gaveUp.err()).isEqualTo(ExitStatus.TARGET_FAILED);
      assertThat(gaveUp.status().code()).isEqualTo(5);
      assertThat(gaveUp.err())
          .contains("no write has succeeded for")
          .contains("--resume latest")
          .doesNotContain("\tat ");
      assertThat(local.found()).hasSizeLessThan((int) local.expectedRows());

      proxy.pass();
      Outcome wentOn = run("import", file, endpoint, "--resume", "latest");

      assertThat(wentOn.status()).as(wentOn.err()).isEqualTo(ExitStatus.OK);
      assertThat(wentOn.err()).contains("Going on from");
      local.assertWhole();
    }
  }
}
