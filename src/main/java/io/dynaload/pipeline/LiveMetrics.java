package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.util.Map;

/**
 * What a job has done so far, while it runs. The numbers are of about this moment and of no
 * checkpoint; the ledger is made of the job's result instead. Thread-safe.
 */
public interface LiveMetrics {
  /** The counts of the job's subtasks, summed, as far as they are known. */
  Map<Count, Long> counts();

  /** Whether the counts of all subtasks are known, of which every stage has so many. */
  boolean isWhole(int parallelism);

  /** A figure that the job's coordinators know, by its name in {@link MetricNames}; 0 if none. */
  double figure(String name);

  /** One count of the job's subtasks, summed. */
  default long count(Count count) {
    return counts().getOrDefault(count, 0L);
  }

  /** The part of the source that is done, 0 to 1; NaN of one without an end. */
  default double progress() {
    return figure(MetricNames.PROGRESS);
  }

  /** How many items the source has, about; 0 if nobody knows. */
  default long estimatedItems() {
    return (long) figure(MetricNames.ESTIMATED_ITEMS);
  }

  /**
   * Rejected items, as the sink's coordinator counts them: those of all processes, and of a subtask
   * that is being restarted, too.
   */
  default long jobRejected() {
    return (long) figure(MetricNames.JOB_REJECTED);
  }

  /** Items that came to the sink, as its coordinator counts them. */
  default long jobSeen() {
    return (long) figure(MetricNames.JOB_SEEN);
  }

  /** Write units a second that are in force, of the whole job. */
  default double writeLimit() {
    return figure(MetricNames.WRITE_LIMIT);
  }
}
