package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;

/**
 * The counts of a job's subtasks, each as its newest attempt has them or had them at its end: a
 * subtask that has done its part takes its metrics with it, but not what it has done. Thread-safe.
 */
final class SubtaskCounts {
  private final Map<Count, Map<Subtask, Gauge<?>>> newest = new ConcurrentHashMap<>();

  private record Subtask(String job, String operator, String index) {}

  /**
   * Takes a gauge, in place of the same one of an earlier attempt, and forgets other jobs.
   *
   * @param scope whose it is, as Flink's variables of a metric group say
   */
  void add(String name, Gauge<?> gauge, Map<String, String> scope) {
    for (Count count : Count.values()) {
      if (count.key().equals(name)) {
        String job = scope.getOrDefault(ScopeFormat.SCOPE_JOB_ID, "");
        newest.values().forEach(each -> each.keySet().removeIf(key -> !key.job().equals(job)));
        of(count)
            .put(
                new Subtask(
                    job,
                    scope.getOrDefault(ScopeFormat.SCOPE_OPERATOR_ID, ""),
                    scope.getOrDefault(ScopeFormat.SCOPE_TASK_SUBTASK_INDEX, "")),
                gauge);
      }
    }
  }

  private Map<Subtask, Gauge<?>> of(Count count) {
    return newest.computeIfAbsent(count, any -> new ConcurrentHashMap<>());
  }

  /** The sums. */
  Map<Count, Long> of(JobID job) {
    Map<Count, Long> sums = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      sums.put(count, sum(of(count), job.toString()));
    }
    return sums;
  }

  private static long sum(Map<Subtask, Gauge<?>> gauges, String job) {
    long sum = 0;
    for (Map.Entry<Subtask, Gauge<?>> each : gauges.entrySet()) {
      if (each.getKey().job().equals(job) && each.getValue().getValue() instanceof Number number) {
        sum += number.longValue();
      }
    }
    return sum;
  }

  /** Whether every reader and every writer was heard of. */
  boolean isWhole(JobID job, int parallelism) {
    return has(Count.READ, job, parallelism) && has(Count.WRITTEN, job, parallelism);
  }

  private boolean has(Count count, JobID job, int parallelism) {
    return of(count).keySet().stream()
            .filter(subtask -> subtask.job().equals(job.toString()))
            .count()
        >= parallelism;
  }
}
