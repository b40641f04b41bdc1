package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.OptionalFailure;
import org.apache.flink.util.SerializedValue;

/**
 * What a job, or several, counted.
 *
 * @param rejected the rejected items by code
 */
record RunCounts(Map<Count, Long> counts, SortedMap<String, Long> rejected) {
  static final RunCounts NONE = new RunCounts(Map.of(), new TreeMap<>());

  RunCounts plus(RunCounts other) {
    SortedMap<String, Long> codes = new TreeMap<>(rejected);
    other.rejected.forEach((code, items) -> codes.merge(code, items, Long::sum));
    return new RunCounts(plus(other.counts), codes);
  }

  /** What was counted together with so much more. */
  Map<Count, Long> plus(Map<Count, Long> more) {
    Map<Count, Long> sum = new EnumMap<>(Count.class);
    sum.putAll(counts);
    more.forEach((count, items) -> sum.merge(count, items, Long::sum));
    return sum;
  }

  /** As a job's result tells. */
  static RunCounts of(JobResult ended) {
    Map<String, Object> accumulators = new TreeMap<>();
    ended
        .getAccumulatorResults()
        .forEach((name, value) -> accumulators.put(name, deserialized(value)));
    return of(accumulators);
  }

  /**
   * As a job's accumulators tell, others than Dynaload's among them.
   *
   * @param accumulators their values, by name
   */
  static RunCounts of(Map<String, ?> accumulators) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      if (accumulators.get(MetricNames.accumulator(count)) instanceof Long items) {
        counts.put(count, items);
      }
    }
    SortedMap<String, Long> rejected = new TreeMap<>();
    accumulators.forEach(
        (name, value) -> {
          if (name.startsWith(MetricNames.REJECTED_ACCUMULATORS) && value instanceof Long items) {
            rejected.put(name.substring(MetricNames.REJECTED_ACCUMULATORS.length()), items);
          }
        });
    return new RunCounts(counts, rejected);
  }

  private static Object deserialized(SerializedValue<?> value) {
    try {
      Object number = value.deserializeValue(RunCounts.class.getClassLoader());
      return number instanceof OptionalFailure<?> outcome ? outcome.getUnchecked() : number;
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("A count of the job cannot be read", e);
    }
  }
}
