package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.properties.PropertiesConfiguration;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationBuilder;
import org.junit.jupiter.api.Test;

class EmrConfigTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void theTemplateAndTheFileForClustersMadeByHandAreTheSame() throws IOException {
    assertThat(config()).isEqualTo(inTemplate(Stacks.with(Map.of("S3BucketName", "my-bucket"))));
  }

  @Test
  void flinkTakesEveryValue() throws IOException {
    Configuration flink = flink(config());

    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(flink.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("s3://my-bucket/checkpoints");
    assertThat(flink.get(CheckpointingOptions.SAVEPOINT_DIRECTORY))
        .isEqualTo("s3://my-bucket/savepoints");
    assertThat(flink.get(HighAvailabilityOptions.HA_MODE)).isEqualTo("zookeeper");
    assertThat(flink.get(HighAvailabilityOptions.HA_STORAGE_PATH))
        .isEqualTo("s3://my-bucket/flink-ha");
    assertThat(flink.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(2);
    assertThat(flink.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE))
        .isEqualTo(MemorySize.parse("8kb"));
    assertThat(flink.get(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED)).isTrue();
    assertThat(flink.get(JobManagerOptions.TOTAL_PROCESS_MEMORY)).isEqualTo(MemorySize.parse("2g"));
  }

  @Test
  void flinkCanShareOutTheMemoryOfEveryNode() throws IOException {
    Configuration flink = flink(config());
    assertThat(jobManager(flink).getJvmHeapMemorySize()).isGreaterThan(MemorySize.parse("1g"));
    for (JsonNode node : Stacks.TEMPLATE.root().at("/Mappings/TaskManagerByInstanceType")) {
      flink.set(
          TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse(node.path("Memory").asText()));
      TaskExecutorProcessSpec shares = TaskExecutorProcessUtils.processSpecFromConfig(flink);
      assertThat(shares.getTaskHeapSize()).isGreaterThan(MemorySize.parse("1g"));
      assertThat(shares.getNetworkMemSize()).isGreaterThan(MemorySize.parse("128m"));
    }
  }

  @Test
  void theCommandFlinkLeavesTheStandardOutputToTheStep() throws IOException {
    Properties cli = new Properties();
    try (InputStream delivered =
        EmrConfigTest.class.getResourceAsStream("/emr-node/log4j-cli.properties")) {
      cli.load(Objects.requireNonNull(delivered));
    }
    Template.children(properties(config(), "flink-log4j-cli"))
        .forEach((key, value) -> cli.setProperty(key, value.asText()));
    cli.setProperty("appender.file.fileName", "target/no.log");
    try (LoggerContext context = new LoggerContext("cli")) {
      PropertiesConfiguration log4j =
          new PropertiesConfigurationBuilder()
              .setConfigurationSource(ConfigurationSource.NULL_SOURCE)
              .setRootProperties(cli)
              .setLoggerContext(context)
              .build();
      log4j.initialize();

      assertThat(log4j.getLoggerConfig("org.apache.flink.yarn").getAppenders())
          .containsOnlyKeys("ConsoleAppender");
      assertThat(log4j.<ConsoleAppender>getAppender("ConsoleAppender").getTarget())
          .isEqualTo(ConsoleAppender.Target.SYSTEM_ERR);
    }
  }

  @Test
  void yarnBearsAsManyApplicationMastersAsFlinkAsksFor() throws IOException {
    assertThat(properties(config(), "yarn-site").path("yarn.resourcemanager.am.max-attempts"))
        .isEqualTo(properties(config(), "flink-conf").path("yarn.application-attempts"));
  }

  private static JobManagerProcessSpec jobManager(Configuration flink) {
    return JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
        flink, JobManagerOptions.JVM_HEAP_MEMORY);
  }

  /** The file names its bucket BUCKET, for whoever makes a cluster by hand to replace. */
  private static JsonNode config() throws IOException {
    return JSON.readTree(
        Files.readString(Project.file("emr-config.json")).replace("BUCKET", "my-bucket"));
  }

  /** CloudFormation calls EMR's Properties otherwise. */
  private static JsonNode inTemplate(Stack stack) {
    ArrayNode configurations = JSON.createArrayNode();
    for (JsonNode configuration : stack.properties("Cluster").path("Configurations")) {
      assertThat(configuration).hasSize(2);
      configurations
          .addObject()
          .put("Classification", configuration.path("Classification").asText())
          .set("Properties", configuration.path("ConfigurationProperties"));
    }
    return configurations;
  }

  private static Configuration flink(JsonNode config) {
    Configuration flink = new Configuration();
    Template.children(properties(config, "flink-conf"))
        .forEach((key, value) -> flink.setString(key, value.asText()));
    return flink;
  }

  private static JsonNode properties(JsonNode config, String classification) {
    for (JsonNode configuration : config) {
      if (configuration.path("Classification").asText().equals(classification)) {
        return configuration.path("Properties");
      }
    }
    throw new AssertionError("No classification " + classification);
  }
}
