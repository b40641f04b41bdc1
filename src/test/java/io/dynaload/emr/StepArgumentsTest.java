package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.emr.yarn.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepArgumentsTest {
  private static final String JAR = "s3://bucket/app/dynaload 1.jar";
  private static final String FILE = "s3://bucket/app/import, of $HOME.yaml";

  @TempDir private Path folder;

  private final StepArguments arguments =
      new StepArguments(JAR, FILE, List.of("sink.table=a b", "pipeline.name=it's"));

  @Test
  void importsAFile() {
    assertThat(arguments.toImport())
        .containsExactly(
            "bash",
            "-c",
            StepArguments.SCRIPT,
            "dynaload",
            JAR,
            "step",
            "--file",
            FILE,
            "--set",
            "sink.table=a b",
            "--set",
            "pipeline.name=it's");
  }

  @Test
  void goesOn() {
    assertThat(new StepArguments(JAR, FILE, List.of()).toResume("latest"))
        .endsWith("step", "--file", FILE, "--resume", "latest");
  }

  @Test
  void stops() {
    assertThat(arguments.toStop()).endsWith("--set", "pipeline.name=it's", "--stop");
  }

  @Test
  void theScriptRunsTheJarByTheNodesFlink() throws Exception {
    command("aws", "printf '%s\\n' \"$@\" >aws-arguments; touch \"$5\"");
    command("hostname", "echo primary.internal");
    command("flink", "printf '%s\\n' \"$@\" >flink-arguments; test -f \"$5\"; exit 5");

    int exitCode = run(arguments.toResume("latest"));

    assertThat(exitCode).isEqualTo(5);
    assertThat(lines("aws-arguments")).startsWith("s3", "cp", "--only-show-errors", JAR);
    List<String> flink = lines("flink-arguments");
    assertThat(flink)
        .startsWith(
            "run",
            "-Dhigh-availability.zookeeper.quorum=primary.internal:2181",
            "-c",
            "io.dynaload.cli.Main")
        .endsWith("--set", "pipeline.name=it's", "--resume", "latest");
    assertThat(flink.get(4)).isEqualTo(lines("aws-arguments").get(4));
    assertThat(flink.subList(5, 8)).containsExactly("step", "--file", FILE);
    awaitNoFolder();
  }

  @Test
  void theFolderGoesWhenTheStepIsInterrupted() throws Exception {
    command("aws", "touch \"$5\"");
    command("hostname", "echo primary.internal");
    // As a signal to all processes of the step.
    command("flink", "pkill -TERM -P $$; kill -TERM $$; sleep 60");

    assertThat(run(arguments.toImport())).isEqualTo(128 + 15);
    awaitNoFolder();
  }

  @Test
  void aJarThatCannotBeFetchedEndsTheStep() throws Exception {
    command("aws", "exit 1");
    command("flink", "touch flink-ran");

    assertThat(run(arguments.toImport())).isEqualTo(1);
    assertThat(folder.resolve("flink-ran")).doesNotExist();
    awaitNoFolder();
  }

  /** What removes it looks once a second. */
  private void awaitNoFolder() throws Exception {
    Waiting.until(() -> temporary().isEmpty(), () -> "The folder stays");
  }

  private List<Path> temporary() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("tmp.")).toList();
    }
  }

  private void command(String name, String script) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private int run(List<String> command) throws Exception {
    ProcessBuilder process = new ProcessBuilder(new ArrayList<>(command));
    process.directory(folder.toFile());
    process.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    process.environment().put("TMPDIR", folder.toString());
    process.redirectErrorStream(true);
    process.redirectOutput(folder.resolve("output").toFile());
    return process.start().waitFor();
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file), StandardCharsets.UTF_8);
  }
}
