package io.dynaload.emr.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
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
 * monitor.sh as a process, against services on this machine. Its jar has nothing in it but where
 * this test's classes are.
 */
final class MonitorScript {
  /** How a run ended. */
  record Ended(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;
  private final Path jar;
  private final Map<String, String> environment = new HashMap<>();

  MonitorScript(Path folder, URI endpoint) throws IOException {
    this.folder = folder;
    jar = folder.resolve("a jar.jar");
    writeJar(jar);
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "example");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  Ended run(String... arguments) throws Exception {
    return end(start(arguments));
  }

  Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("dynaload.home", "."), "monitor.sh").toString(),
                "--jar",
                jar.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  String printed() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  Ended end(Process process) throws Exception {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Ended result =
        new Ended(
            ended ? process.exitValue() : -1, printed(), Files.readString(folder.resolve("err")));
    assertThat(ended).as(result.toString()).isTrue();
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
