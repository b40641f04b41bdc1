package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * {@code import FILE} as a process of its own, for tests that interrupt or kill it. What it prints,
 * its log and its report are files of the test's folder.
 */
final class CommandProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path folder;
  private final Path file;
  private final Map<String, String> environment = new HashMap<>();

  CommandProcess(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  CommandProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // A test runner in the background may ignore SIGINT, and its children with it.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Ddynaload.home=" + System.getProperty("dynaload.home"),
                "-Ddynaload.log-dir=" + folder.resolve("logs"),
                "-Dlog4j2.configurationFile=classpath:log4j2-run.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "import",
                file.toString(),
                "--report",
                folder.resolve("report.json").toString()));
    command.addAll(Arrays.asList(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** All that it has printed up to now. */
  String printed() throws IOException {
    return out() + System.lineSeparator() + err();
  }

  int exitOf(Process process) throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(printed()).isTrue();
    return process.exitValue();
  }

  /** Waits for something that has to come while the process runs. */
  void await(Process process, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(process.isAlive()).as(printed()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }
}
