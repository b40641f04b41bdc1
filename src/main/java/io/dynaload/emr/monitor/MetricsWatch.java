package io.dynaload.emr.monitor;

import io.dynaload.metrics.CloudWatchNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.RecentlyActive;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** What CloudWatch has of a cluster's imports and of a table. */
final class MetricsWatch {
  /** What CloudWatch takes for recently active. */
  private static final Duration RECENTLY = Duration.ofHours(3);

  private static final Duration TABLE = Duration.ofMinutes(15);
  private static final int MINUTE = 60;

  /** CloudWatch takes 500. */
  private static final int MOST_QUERIES = 450;

  private static final Set<String> MEANS =
      Set.of(
          CloudWatchNames.ITEMS_PER_SECOND,
          CloudWatchNames.UNITS_PER_SECOND,
          CloudWatchNames.WRITE_LIMIT);

  private final CloudWatchClient client;

  MetricsWatch(CloudWatchClient client) {
    this.client = client;
  }

  /**
   * The imports of a cluster that said something since then, each with its newest run: one that was
   * resumed is another run of the same import.
   *
   * @param since null for the last three hours
   * @param mayHaveBegunBefore whether a run that began before {@code since} may be one of these
   */
  List<ImportView> imports(
      String cluster, Instant now, @Nullable Instant since, boolean mayHaveBegunBefore) {
    List<ImportView> imports = new ArrayList<>();
    newestRuns(cluster)
        .forEach(
            (name, run) -> {
              // What is of the past is not asked for: each figure costs money.
              if (since != null && !mayHaveBegunBefore && RunTime.isBefore(run, oldest(since))) {
                return;
              }
              ImportView view = new ImportView(name, run, figures(name, run, now), null);
              Instant asOf = view.asOf().orElse(Instant.MIN);
              if (since == null || !asOf.isBefore(oldest(since))) {
                imports.add(view);
              }
            });
    return List.copyOf(imports);
  }

  /** A minute's figures are dated by its beginning. */
  private static Instant oldest(Instant since) {
    return since.minusSeconds(MINUTE);
  }

  /**
   * The runs by their imports. Names of runs begin with the time, so the last one is the newest.
   */
  private Map<String, String> newestRuns(String cluster) {
    Map<String, String> newest = new TreeMap<>();
    List<Metric> found =
        client
            .listMetricsPaginator(
                request ->
                    request
                        .namespace(CloudWatchNames.NAMESPACE)
                        .metricName(CloudWatchNames.ITEMS_PER_SECOND)
                        .recentlyActive(RecentlyActive.PT3_H)
                        .dimensions(filter -> filter.name(CloudWatchNames.CLUSTER).value(cluster)))
            .metrics()
            .stream()
            .toList();
    for (Metric metric : found) {
      Map<String, String> dimensions = new HashMap<>();
      metric.dimensions().forEach(each -> dimensions.put(each.name(), each.value()));
      String name = dimensions.get(CloudWatchNames.IMPORT);
      String run = dimensions.get(CloudWatchNames.RUN);
      if (name != null && run != null) {
        newest.merge(name, run, (one, other) -> one.compareTo(other) < 0 ? other : one);
      }
    }
    return newest;
  }

  private Map<String, Point> figures(String name, String run, Instant now) {
    List<Dimension> dimensions =
        List.of(dimension(CloudWatchNames.IMPORT, name), dimension(CloudWatchNames.RUN, run));
    Map<String, MetricDataQuery.Builder> asked = new LinkedHashMap<>();
    for (String metric : CloudWatchNames.metrics()) {
      String statistic =
          MEANS.contains(metric)
              ? "Average"
              : metric.equals(CloudWatchNames.SECONDS_LEFT) ? "Minimum" : "Maximum";
      asked.put(metric, query(CloudWatchNames.NAMESPACE, metric, dimensions, statistic));
    }
    return newest(asked, now.minus(RECENTLY), now);
  }

  /** Write units a second and refused writes of a table, by the names of DynamoDB's metrics. */
  Map<String, Point> table(String table, Instant now) {
    List<Dimension> dimensions = List.of(dimension("TableName", table));
    Map<String, MetricDataQuery.Builder> asked = new LinkedHashMap<>();
    for (String metric : List.of("ConsumedWriteCapacityUnits", "WriteThrottleEvents")) {
      asked.put(metric, query("AWS/DynamoDB", metric, dimensions, "Sum"));
    }
    // The minute that has not ended is not summed up.
    Instant wholeMinutes = Instant.ofEpochSecond(now.getEpochSecond() / MINUTE * MINUTE);
    return newest(asked, wholeMinutes.minus(TABLE), wholeMinutes);
  }

  private Map<String, Point> newest(
      Map<String, MetricDataQuery.Builder> asked, Instant from, Instant to) {
    Map<String, String> names = new HashMap<>();
    List<MetricDataQuery> queries = new ArrayList<>();
    asked.forEach(
        (name, query) -> {
          String id = "m" + queries.size();
          names.put(id, name);
          queries.add(query.id(id).build());
        });
    Map<String, Point> newest = new HashMap<>();
    for (int begin = 0; begin < queries.size(); begin += MOST_QUERIES) {
      List<MetricDataQuery> some =
          queries.subList(begin, Math.min(queries.size(), begin + MOST_QUERIES));
      client
          .getMetricData(
              request ->
                  request
                      .metricDataQueries(some)
                      .startTime(from)
                      .endTime(to)
                      .scanBy(ScanBy.TIMESTAMP_DESCENDING))
          .metricDataResults()
          .forEach(result -> take(result, names, newest));
    }
    return newest;
  }

  private static void take(
      MetricDataResult result, Map<String, String> names, Map<String, Point> newest) {
    String name = names.get(result.id());
    if (name != null && !result.values().isEmpty()) {
      newest.put(name, new Point(result.values().get(0), result.timestamps().get(0)));
    }
  }

  private static MetricDataQuery.Builder query(
      String namespace, String metric, List<Dimension> dimensions, String statistic) {
    return MetricDataQuery.builder()
        .metricStat(
            stat ->
                stat.metric(of -> of.namespace(namespace).metricName(metric).dimensions(dimensions))
                    .period(MINUTE)
                    .stat(statistic));
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
