package io.dynaload.emr.monitor;

import io.dynaload.metrics.Count;
import java.util.Map;
import java.util.Set;

/**
 * An application, as YARN has it, with what Flink tells of its job.
 *
 * @param importName empty if it is not known
 * @param state YARN's, of one that has not ended; then Flink's of its job, if that was reached
 * @param finalStatus YARN's; UNDEFINED until it has ended
 * @param diagnostics what YARN says of its end
 * @param counts of the job at this moment; empty if Flink was not reached
 */
record ApplicationView(
    String id,
    String importName,
    String state,
    String finalStatus,
    String diagnostics,
    Map<Count, Long> counts) {
  private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "KILLED");

  boolean hasEnded() {
    return ENDED.contains(finalStatus);
  }

  boolean hasSucceeded() {
    return finalStatus.equals("SUCCEEDED");
  }
}
