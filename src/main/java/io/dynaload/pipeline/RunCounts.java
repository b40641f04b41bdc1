package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
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
    Map<String, ? extends SerializedValue<?>> accumulators = ended.getAccumulatorResults();
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      SerializedValue<?> value = accumulators.get(MetricNames.accumulator(count));
      if (value != null) {
        counts.put(count, number(value));
      }
    }
    SortedMap<String, Long> rejected = new TreeMap<>();
    accumulators.forEach(
        (name, value) -> {
          if (name.startsWith(MetricNames.REJECTED_ACCUMULATORS)) {
            rejected.put(name.substring(MetricNames.REJECTED_ACCUMULATORS.length()), number(value));
          }
        });
    return new RunCounts(counts, rejected);
  }

  private static long number(SerializedValue<?> value) {
    try {
      Object number = value.deserializeValue(RunCounts.class.getClassLoader());
      return number instanceof OptionalFailure<?> outcome
          ? (Long) outcome.getUnchecked()
          : (Long) number;
    } catch (java.io.IOException | ClassNotFoundException e) {
      throw new IllegalStateException("A count of the job cannot be read", e);
    }
  }
}
