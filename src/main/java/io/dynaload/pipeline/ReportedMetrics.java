package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
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
public final class ReportedMetrics implements MetricReporter {
  private static final String CLUSTER = "cluster";
  private static final Map<String, ReportedMetrics> BY_CLUSTER = new ConcurrentHashMap<>();

  private final Map<String, Set<Gauge<?>>> gauges = new ConcurrentHashMap<>();
  private final SubtaskCounts counts = new SubtaskCounts();

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
      counts.add(name, gauge, group.getAllVariables());
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

  /** What one of the cluster's jobs has done; they run one after the other. */
  LiveMetrics ofJob(JobID job) {
    return new LiveMetrics() {
      @Override
      public Map<Count, Long> counts() {
        return counts.of(job);
      }

      @Override
      public boolean isWhole(int parallelism) {
        return counts.isWhole(job, parallelism);
      }

      @Override
      public double figure(String name) {
        return sum(name);
      }
    };
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
