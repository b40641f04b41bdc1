package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class YarnSettingsTest {
  private final Configuration cluster =
      Configuration.fromMap(
          Map.of(
              "high-availability.type", "zookeeper",
              "high-availability.cluster-id", "of-another",
              "execution.attached", "true",
              "execution.target", "remote",
              "pipeline.jars", "file:/tmp/a.jar;file:/tmp/b.jar",
              "yarn.application.id", "application_1_0001",
              "execution.checkpointing.savepoint-dir", "s3://bucket/savepoints"));

  @Test
  void anApplicationIsTheClustersOwnFlinkWithOneImport() {
    Map<String, String> settings =
        new YarnSettings(cluster).forApplication("dynaload a/b", "s3://bucket/a/run").toMap();

    assertThat(settings)
        .containsEntry("high-availability.type", "zookeeper")
        .containsEntry("execution.target", "yarn-application")
        .containsEntry("execution.attached", "false")
        .containsEntry("job-result-store.delete-on-commit", "false")
        .containsEntry("yarn.application.name", "dynaload a/b")
        .containsEntry("yarn.tags", "dynaload")
        .containsEntry("yarn.classpath.include-user-jar", "DISABLED")
        .containsEntry("classloader.resolve-order", "child-first")
        .containsEntry("execution.checkpointing.savepoint-dir", "s3://bucket/a/run/savepoints")
        .doesNotContainKeys("high-availability.cluster-id", "yarn.application.id");
    assertThat(settings.get("pipeline.jars")).doesNotContain("a.jar", ";");
  }

  @Test
  void theMasterIsToldWhichClusterItRunsOn() {
    assertThat(
            new YarnSettings(cluster, "j-1ABC").forApplication("dynaload a", "s3://b/run").toMap())
        .containsEntry("containerized.master.env.DYNALOAD_CLUSTER_ID", "j-1ABC");
  }

  @Test
  void theClustersConfigurationStaysAsItIs() {
    new YarnSettings(cluster).forApplication("dynaload a", "s3://bucket/a/run");

    assertThat(cluster.toMap()).containsEntry("high-availability.cluster-id", "of-another");
  }
}
