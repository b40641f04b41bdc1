package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * What a run in this process has done so far: Dynaload's own gauges, as Flink's metric registry
 * hands them out. Thread-safe. The numbers are of this moment and of no checkpoint; the ledger is
 * made of the job's result instead.
 */
public final class LiveMetrics implements MetricReporter {
  private static final String CLUSTER = "cluster";
  private static final Map<String, LiveMetrics> BY_CLUSTER = new ConcurrentHashMap<>();

  private final Map<String, Set<Gauge<?>>> gauges = new ConcurrentHashMap<>();

  private LiveMetrics() {}

  /** Named in {@code META-INF/services}; Flink makes the reporter of a cluster with it. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(java.util.Properties properties) {
      return ofCluster(properties.getProperty(CLUSTER, ""));
    }
  }

  static LiveMetrics ofCluster(String id) {
    return BY_CLUSTER.computeIfAbsent(id, any -> new LiveMetrics());
  }

  static void forget(String id) {
    BY_CLUSTER.remove(id);
  }

  /** The settings that make a cluster report to {@link #ofCluster}. */
  static Map<String, String> settings(String id) {
    String prefix = "metrics.reporter.dynaload.";
    return Map.of(prefix + "factory.class", Factory.class.getName(), prefix + CLUSTER, id);
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge && isOurs(group)) {
      gauges.computeIfAbsent(name, any -> ConcurrentHashMap.newKeySet()).add(gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge && isOurs(group)) {
      gauges.getOrDefault(name, Set.of()).remove(gauge);
    }
  }

  private static boolean isOurs(MetricGroup group) {
    String[] scope = group.getScopeComponents();
    return scope.length > 0 && scope[scope.length - 1].equals(MetricNames.GROUP);
  }

  /** The counts of the subtasks that are running, summed. */
  public Map<Count, Long> counts() {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      counts.put(count, count(count));
    }
    return counts;
  }

  /** One count of the subtasks that are running, summed. */
  public long count(Count count) {
    return (long) sum(count.key());
  }

  /** The part of the source that is done, 0 to 1; NaN of one without an end. */
  public double progress() {
    return sum(MetricNames.PROGRESS);
  }

  /** How many items the source has, about; 0 if nobody knows. */
  public long estimatedItems() {
    return (long) sum(MetricNames.ESTIMATED_ITEMS);
  }

  /**
   * Rejected items, as the sink's coordinator counts them: those of all processes, and of a subtask
   * that is being restarted, too.
   */
  long jobRejected() {
    return (long) sum(MetricNames.JOB_REJECTED);
  }

  /** Items that came to the sink, as its coordinator counts them. */
  long jobSeen() {
    return (long) sum(MetricNames.JOB_SEEN);
  }

  /** Write units a second that are in force, of the whole job. */
  double writeLimit() {
    return sum(MetricNames.WRITE_LIMIT);
  }

  private double sum(String name) {
    double sum = 0;
    for (Gauge<?> gauge : gauges.getOrDefault(name, Set.of())) {
      if (gauge.getValue() instanceof Number number) {
        sum += number.doubleValue();
      }
    }
    return sum;
  }
}
