package io.dynaload.emr.yarn;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynaload.local.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An EMR cluster's primary node: runs the arguments of steps as {@code command-runner.jar} does,
 * with EMR's {@code flink}, {@code aws} and {@code hostname} on the PATH. Flink is configured by
 * the project's emr-config.json, with less memory and with what differs in a test.
 */
final class EmrNode {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CREDENTIALS = "test";

  private final Path folder;
  private final YarnCluster cluster;
  private final S3Server s3;
  private final List<EmrStep> steps = new ArrayList<>();

  private EmrNode(Path folder, YarnCluster cluster, S3Server s3) {
    this.folder = folder;
    this.cluster = cluster;
    this.s3 = s3;
  }

  /**
   * Sets one up.
   *
   * @param bucket a bucket of {@code s3}
   * @param overrides options of Flink that are not as on EMR
   */
  static EmrNode create(
      Path folder, YarnCluster cluster, S3Server s3, String bucket, Map<String, String> overrides)
      throws IOException {
    EmrNode node = new EmrNode(folder, cluster, s3);
    Path commands = Files.createDirectories(folder.resolve("bin"));
    for (String command : List.of("aws", "flink", "hostname")) {
      Resource.copyCommand(command, commands);
    }
    Path configuration = Files.createDirectories(folder.resolve("flink-conf"));
    Resource.copy("log4j.properties", configuration);
    Map<String, String> cli = new TreeMap<>(Resource.properties("log4j-cli.properties"));
    cli.putAll(classification("flink-log4j-cli", bucket));
    Files.write(
        configuration.resolve("log4j-cli.properties"),
        cli.entrySet().stream().map(each -> each.getKey() + " = " + each.getValue()).toList());
    Map<String, String> flink = new TreeMap<>(Resource.properties("flink-defaults.properties"));
    Files.write(
        configuration.resolve("jvm-options"),
        List.of(Objects.requireNonNull(flink.get("env.java.opts.all")).split(" ")));
    flink.putAll(classification("flink-conf", bucket));
    flink.putAll(node.onThisMachine());
    flink.putAll(overrides);
    Files.writeString(configuration.resolve("config.yaml"), yaml(flink));
    return node;
  }

  /** What emr-config.json sets, with its placeholder for the bucket replaced. */
  static Map<String, String> classification(String name, String bucket) throws IOException {
    Path file = Path.of(System.getProperty("dynaload.home", "."), "emr-config.json");
    for (JsonNode entry : JSON.readTree(Files.readString(file).replace("BUCKET", bucket))) {
      if (entry.path("Classification").asText().equals(name)) {
        return JSON.convertValue(entry.path("Properties"), new TypeReference<>() {});
      }
    }
    throw new IllegalArgumentException(name);
  }

  private Map<String, String> onThisMachine() {
    return Map.ofEntries(
        Map.entry("jobmanager.memory.process.size", "768m"),
        Map.entry("jobmanager.memory.jvm-metaspace.size", "128m"),
        Map.entry("taskmanager.memory.process.size", "768m"),
        Map.entry("taskmanager.memory.jvm-metaspace.size", "128m"),
        Map.entry("taskmanager.bind-host", cluster.address()),
        Map.entry("rest.bind-address", cluster.address()),
        Map.entry("s3.endpoint", s3.endpoint().toString()),
        Map.entry("s3.path.style.access", "true"),
        Map.entry("s3.access-key", CREDENTIALS),
        Map.entry("s3.secret-key", CREDENTIALS),
        // What the instance profile gives on EMR.
        Map.entry("containerized.master.env.AWS_ACCESS_KEY_ID", CREDENTIALS),
        Map.entry("containerized.master.env.AWS_SECRET_ACCESS_KEY", CREDENTIALS),
        Map.entry("containerized.taskmanager.env.AWS_ACCESS_KEY_ID", CREDENTIALS),
        Map.entry("containerized.taskmanager.env.AWS_SECRET_ACCESS_KEY", CREDENTIALS));
  }

  /** As Flink reads it: a line a key; JSON's strings are YAML's. */
  private static String yaml(Map<String, String> flink) {
    return flink.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + JSON.valueToTree(entry.getValue()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Begins a step. */
  EmrStep start(List<String> arguments) throws IOException {
    Path out = Files.createDirectories(folder.resolve("steps/" + (steps.size() + 1)));
    ProcessBuilder process = new ProcessBuilder(arguments);
    Map<String, String> environment = process.environment();
    environment.clear();
    environment.putAll(environment());
    EmrStep step =
        new EmrStep(
            process
                .directory(out.toFile())
                .redirectOutput(out.resolve("stdout.log").toFile())
                .redirectError(out.resolve("stderr.log").toFile())
                .start(),
            out);
    steps.add(step);
    return step;
  }

  /** Kills the steps that a failed test has left. */
  void killSteps() {
    steps.forEach(EmrStep::kill);
  }

  private Map<String, String> environment() {
    Path java = Path.of(System.getProperty("java.home"));
    return Map.ofEntries(
        Map.entry("PATH", folder.resolve("bin") + ":" + System.getenv("PATH")),
        Map.entry("HOME", folder.toString()),
        Map.entry("JAVA_HOME", java.toString()),
        Map.entry("NODE_ADDRESS", cluster.address()),
        Map.entry("NODE_S3_ENDPOINT", s3.endpoint().toString()),
        Map.entry("FLINK_CONF_DIR", folder.resolve("flink-conf").toString()),
        Map.entry("FLINK_LIB_DIR", YarnLibraries.flink().toString()),
        Map.entry("FLINK_PLUGINS_DIR", YarnLibraries.plugins().toString()),
        Map.entry("HADOOP_CONF_DIR", cluster.configuration().toString()),
        Map.entry("HADOOP_LIB_DIR", YarnLibraries.hadoop().toString()),
        Map.entry("AWS_ACCESS_KEY_ID", CREDENTIALS),
        Map.entry("AWS_SECRET_ACCESS_KEY", CREDENTIALS),
        Map.entry("AWS_EC2_METADATA_DISABLED", "true"));
  }
}
