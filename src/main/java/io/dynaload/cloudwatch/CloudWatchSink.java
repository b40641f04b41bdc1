package io.dynaload.cloudwatch;

import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.WatchClients;
import io.dynaload.metrics.CloudWatchNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * Publishes the figures of one run to CloudWatch, each time in one request, which is tried once and
 * takes five seconds at most. They are of the time at which CloudWatch receives them.
 */
final class CloudWatchSink implements MetricSink {
  static final Duration AT_MOST = Duration.ofSeconds(5);

  /** What alarms read, who cannot name a run that has not begun. */
  private static final Set<String> ALSO_OF_THE_CLUSTER =
      Set.of(CloudWatchNames.FAILED, CloudWatchNames.ITEMS_PER_SECOND);

  private final CloudWatchClient client;
  private final PublishedRun run;

  private CloudWatchSink(CloudWatchClient client, PublishedRun run) {
    this.client = client;
    this.run = run;
  }

  static CloudWatchSink open(PublishedRun run, AwsConfig where) {
    return new CloudWatchSink(WatchClients.publishing(where, AT_MOST), run);
  }

  @Override
  public void put(List<Figure> figures) {
    List<MetricDatum> data = new ArrayList<>();
    List<Dimension> ofRun =
        List.of(
            dimension(CloudWatchNames.IMPORT, run.importName()),
            dimension(CloudWatchNames.RUN, run.run()));
    for (Figure figure : figures) {
      data.add(datum(figure, ofRun));
      String cluster = run.cluster();
      if (cluster != null && ALSO_OF_THE_CLUSTER.contains(figure.name())) {
        Dimension ofCluster = dimension(CloudWatchNames.CLUSTER, cluster);
        data.add(datum(figure, List.of(ofCluster)));
        if (figure.name().equals(CloudWatchNames.ITEMS_PER_SECOND)) {
          List<Dimension> ofBoth = new ArrayList<>(ofRun);
          ofBoth.add(ofCluster);
          data.add(datum(figure, ofBoth));
        }
      }
    }
    client.putMetricData(request -> request.namespace(CloudWatchNames.NAMESPACE).metricData(data));
  }

  private static MetricDatum datum(Figure figure, List<Dimension> dimensions) {
    return MetricDatum.builder()
        .metricName(figure.name())
        .dimensions(dimensions)
        .value(figure.value())
        .unit(figure.unit())
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  @Override
  public void close() {
    client.close();
  }
}
