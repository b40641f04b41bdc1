package io.dynaload.cloudwatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out which EMR cluster this process runs on. */
public final class ClusterId {
  /** Put on every node by EMR; its management guide, "View the instance and job flow metadata". */
  private static final Path JOB_FLOW = Path.of("/mnt/var/lib/info/job-flow.json");

  private ClusterId() {}

  /** The id of the cluster that this host is a node of, {@code j-…}; empty elsewhere. */
  public static Optional<String> ofThisHost() {
    return in(JOB_FLOW);
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
