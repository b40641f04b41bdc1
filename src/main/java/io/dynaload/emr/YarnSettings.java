package io.dynaload.emr;

import io.dynaload.cloudwatch.ClusterId;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.DeploymentOptionsInternal;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.runtime.highavailability.JobResultStoreOptions;
import org.apache.flink.yarn.configuration.YarnConfigOptions;
import org.jspecify.annotations.Nullable;

/** Flink's configuration of an application: the cluster's own, with what makes it Dynaload's. */
final class YarnSettings {
  /** That all applications have; YARN keeps tags in lower case. */
  static final String TAG = "dynaload";

  private final Configuration flink;
  private final @Nullable String cluster;

  /** On whatever cluster this host belongs to. */
  YarnSettings(Configuration flink) {
    this(flink, ClusterId.ofThisHost().orElse(null));
  }

  /**
   * @param cluster EMR's id of it; null if it is none of EMR's
   */
  YarnSettings(Configuration flink, @Nullable String cluster) {
    this.flink = flink;
    this.cluster = cluster;
  }

  /** For asking the cluster. */
  Configuration forClient() {
    Configuration client = new Configuration(flink);
    client.set(DeploymentOptions.TARGET, "yarn-application");
    client.removeConfig(YarnConfigOptions.APPLICATION_ID);
    if (!client.contains(DeploymentOptionsInternal.CONF_DIR)) {
      // Where it finds what the application's processes log.
      Optional.ofNullable(System.getenv("FLINK_CONF_DIR"))
          .ifPresent(folder -> client.set(DeploymentOptionsInternal.CONF_DIR, folder));
    }
    return client;
  }

  /**
   * For a new application.
   *
   * @param folder of its run
   */
  Configuration forApplication(String name, String folder) {
    Configuration application = forClient();
    application.set(YarnConfigOptions.APPLICATION_NAME, name);
    application.set(YarnConfigOptions.APPLICATION_TAGS, TAG);
    application.set(PipelineOptions.JARS, List.of(jar()));
    application.removeConfig(PipelineOptions.CLASSPATHS);
    // In a class loader of its own: Flink's and Hadoop's libraries are of other versions.
    application.set(
        YarnConfigOptions.CLASSPATH_INCLUDE_USER_JAR, YarnConfigOptions.UserJarInclusion.DISABLED);
    application.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "child-first");
    // Each recovers its own job, and its master waits for that.
    application.removeConfig(HighAvailabilityOptions.HA_CLUSTER_ID);
    // A second attempt must find that the job has ended, and not run it again.
    application.set(JobResultStoreOptions.DELETE_ON_COMMIT, false);
    application.set(DeploymentOptions.ATTACHED, false);
    application.set(DeploymentOptions.SHUTDOWN_IF_ATTACHED, false);
    // Flink closes the file system that it has uploaded with, which others of this process would
    // share.
    application.setString("flink.hadoop.fs.hdfs.impl.disable.cache", "true");
    if (cluster != null) {
      // A container's user may not be one who can find that out.
      application.setString(
          ResourceManagerOptions.CONTAINERIZED_MASTER_ENV_PREFIX + ClusterId.VARIABLE, cluster);
    }
    // Whoever asks for a savepoint without saying where, --resume latest finds it.
    application.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, folder + "/savepoints");
    return application;
  }

  private static String jar() {
    try {
      return YarnSettings.class
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toURI()
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
