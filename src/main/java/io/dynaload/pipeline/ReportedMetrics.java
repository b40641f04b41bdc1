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
 * hands them out. Thread-safe.
 */
public final class ReportedMetrics implements LiveMetrics, MetricReporter {
  private static final String CLUSTER = "cluster";
  private static final Map<String, ReportedMetrics> BY_CLUSTER = new ConcurrentHashMap<>();

  private final Map<String, Set<Gauge<?>>> gauges = new ConcurrentHashMap<>();

  private ReportedMetrics() {}

  /** Named in {@code META-INF/services}; Flink makes the reporter of a cluster with it. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(java.util.Properties properties) {
      return ofCluster(properties.getProperty(CLUSTER, ""));
    }
  }

  static ReportedMetrics ofCluster(String id) {
    return BY_CLUSTER.computeIfAbsent(id, any -> new ReportedMetrics());
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

  /** Those of the subtasks that are running; those of one that has ended go with it. */
  @Override
  public Map<Count, Long> counts() {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      counts.put(count, (long) figure(count.key()));
    }
    return counts;
  }

  @Override
  public boolean isWhole(int parallelism) {
    return subtasks(Count.READ) == parallelism && subtasks(Count.WRITTEN) == parallelism;
  }

  private int subtasks(Count count) {
    return gauges.getOrDefault(count.key(), Set.of()).size();
  }

  @Override
  public double figure(String name) {
    double sum = 0;
    for (Gauge<?> gauge : gauges.getOrDefault(name, Set.of())) {
      if (gauge.getValue() instanceof Number number) {
        sum += number.doubleValue();
      }
    }
    return sum;
  }
}
