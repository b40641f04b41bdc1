package io.dynaload.emr.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A step that runs, or has run. */
final class EmrStep {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final Process process;
  private final Path folder;

  EmrStep(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Waits for its end; EMR calls a step whose code is not 0 FAILED. */
  int exitCode() throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as(this::printed).isTrue();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills what still runs of it. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** All that it has printed up to now, for a test that fails. */
  String printed() {
    try {
      return stdout() + stderr();
    } catch (IOException e) {
      return e.toString();
    }
  }

  String stdout() throws IOException {
    return Files.readString(folder.resolve("stdout.log"));
  }

  String stderr() throws IOException {
    return Files.readString(folder.resolve("stderr.log"));
  }
}
