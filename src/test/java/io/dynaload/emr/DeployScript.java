package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * deploy.sh in a project's folder of its own, which has a blank in its name, as a process that
 * calls the real aws CLI against services on this machine. Its jar has nothing in it but where this
 * test's classes are.
 */
final class DeployScript {
  /** How a run ended. */
  record Ended(int code, String out, String err) {
    String printed() {
      return out + "\n" + err;
    }
  }

  private static final long PATIENCE_SECONDS = 300;

  private final Path folder;
  private final Path project;
  private final Map<String, String> environment = new HashMap<>();

  DeployScript(Path folder, URI endpoint) throws IOException {
    this.folder = folder;
    project = Files.createDirectories(folder.resolve("a project"));
    for (String file : List.of("deploy.sh", "cloudformation-template.yaml")) {
      Files.copy(Project.file(file), project.resolve(file));
    }
    assertThat(project.resolve("deploy.sh").toFile().setExecutable(true)).isTrue();
    writeJar(jar());
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "example");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString());
    environment.put("POLL_SECONDS", "0.1");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
  }

  DeployScript with(String variable, String value) {
    environment.put(variable, value);
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
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return process;
  }

  Ended end(Process process) throws Exception {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Ended result =
        new Ended(
            ended ? process.exitValue() : -1,
            Files.readString(folder.resolve("out")),
            Files.readString(folder.resolve("err")));
    assertThat(ended).as(result.printed()).isTrue();
    return result;
  }

  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> new File(entry).toURI().toString())
                .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}
