package io.dynaload.cloudwatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out which EMR cluster this process runs on. */
public final class ClusterId {
  /** Put on every node by EMR; its management guide, "View the instance and job flow metadata". */
  private static final Path JOB_FLOW = Path.of("/mnt/var/lib/info/job-flow.json");

  private ClusterId() {}

  /** The environment of a process that is told which cluster it runs on. */
  public static final String VARIABLE = "DYNALOAD_CLUSTER_ID";

  /**
   * The id of the cluster, {@code j-…}, that this process was told, or that this host is a node of;
   * empty elsewhere. The file need not be readable to every user of the node.
   */
  public static Optional<String> ofThisHost() {
    return told(System.getenv(VARIABLE)).or(() -> in(JOB_FLOW));
  }

  static Optional<String> told(@Nullable String id) {
    return Optional.ofNullable(id).filter(text -> !text.isEmpty());
  }

  static Optional<String> in(Path jobFlow) {
    if (!Files.isReadable(jobFlow)) {
      return Optional.empty();
    }
    try {
      String id =
          new ObjectMapper().readTree(Files.readAllBytes(jobFlow)).path("jobFlowId").asText();
      return Optional.of(id).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
