package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * Runs one of the project's scripts as a process in a folder, against services on this machine. It
 * sees nothing of AWS but what is said here.
 */
public final class ScriptProcess {
  /** How a run ended. */
  public record Ended(int code, String out, String err) {
    public String printed() {
      return out + "\n" + err;
    }
  }

  private final Path folder;
  private final Duration patience;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param patience until a run that does not end is a failure
   */
  public ScriptProcess(Path folder, URI endpoint, Duration patience) {
    this.folder = folder;
    this.patience = patience;
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "example");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  public void set(String variable, String value) {
    environment.put(variable, value);
  }

  public Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  /** What it has printed up to now. */
  public String printed() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  /** Waits for its end. */
  public Ended end(Process process) throws IOException, InterruptedException {
    boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
    Ended result =
        new Ended(
            ended ? process.exitValue() : -1, printed(), Files.readString(folder.resolve("err")));
    assertThat(ended).as(result.printed()).isTrue();
    return result;
  }

  /** Writes a jar that has nothing in it but where this test's classes are. */
  public static void writeJar(Path jar) throws IOException {
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
