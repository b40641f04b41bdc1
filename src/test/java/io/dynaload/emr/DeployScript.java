package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.emr.ScriptProcess.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * deploy.sh in a project's folder of its own, which has a blank in its name, as a process that
 * calls the real aws CLI against services on this machine.
 */
final class DeployScript {
  private final Path folder;
  private final Path project;
  private final ScriptProcess script;

  DeployScript(Path folder, URI endpoint) throws IOException {
    this.folder = folder;
    project = Files.createDirectories(folder.resolve("a project"));
    for (String file : List.of("deploy.sh", "cloudformation-template.yaml")) {
      Files.copy(Project.file(file), project.resolve(file));
    }
    assertThat(project.resolve("deploy.sh").toFile().setExecutable(true)).isTrue();
    ScriptProcess.writeJar(jar());
    script = new ScriptProcess(folder, endpoint, Duration.ofSeconds(300));
    script.set("POLL_SECONDS", "0.1");
    script.set("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
  }

  DeployScript with(String variable, String value) {
    script.set(variable, value);
    return this;
  }

  Path jar() {
    return project.resolve("dynaload.jar");
  }

  /** What deploy.sh and its children have left in the folder for temporary files. */
  List<String> leftFiles() throws IOException {
    try (var files = Files.list(folder.resolve("tmp"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("hsperfdata"))
          .toList();
    }
  }

  Ended run(String... arguments) throws Exception {
    return end(start("", arguments));
  }

  /** Starts it; {@code input} is all that can be read from its standard input. */
  Process start(String input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(project.resolve("deploy.sh").toString()));
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("--jar", jar().toString()));
    Process process = script.start(command);
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return process;
  }

  Ended end(Process process) throws Exception {
    return script.end(process);
  }
}
