package io.dynaload.emr.monitor;

import io.dynaload.aws.AwsClients;
import io.dynaload.aws.AwsConfig;
import io.dynaload.aws.WatchClients;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.emr.EmrClient;

/**
 * Looks at what is watched, once at a time. EMR has to answer; what the others do not tell is left
 * out, with a note.
 */
final class Observer implements AutoCloseable {
  private static final int MINUTE = 60;

  private final Watched watched;
  private final Clock clock;
  private final EmrClient emr;
  private final EmrWatch ofEmr;
  private final CloudWatchClient cloudWatch;
  private final DynamoDbClient dynamoDb;
  private final YarnWatch yarn = new YarnWatch();

  Observer(Watched watched, Clock clock) {
    this.watched = watched;
    this.clock = clock;
    AwsConfig config = new AwsConfig(watched.region(), null, null);
    emr = WatchClients.emr(config);
    ofEmr = new EmrWatch(emr);
    cloudWatch = WatchClients.cloudWatch(config);
    dynamoDb = AwsClients.dynamoDb(config);
  }

  /**
   * Looks.
   *
   * @throws io.dynaload.error.ImportException (CONFIGURATION) if EMR does not know or show it
   */
  Snapshot look() throws InterruptedException {
    Instant now = clock.instant();
    List<String> notes = new ArrayList<>();
    ClusterView cluster = ofEmr.cluster(watched.cluster());
    List<StepView> steps = ofEmr.steps(watched.cluster(), watched.step());
    Instant since =
        steps.stream()
            .map(StepView::started)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    MetricsWatch metrics = new MetricsWatch(cloudWatch);
    List<ImportView> published = List.of();
    Map<String, Point> ofTable = Map.of();
    try {
      // A step that has not begun has no figures, whatever went before it.
      published =
          since == null && !steps.isEmpty()
              ? List.of()
              : metrics.imports(
                  watched.cluster(), now, since, !steps.stream().allMatch(StepView::isHolder));
      ofTable = metrics.table(watched.table(), now);
    } catch (SdkException e) {
      notes.add("CloudWatch: " + firstLine(e));
    }
    List<ApplicationView> running =
        cluster.hasEnded()
            ? List.of()
            : yarn.find(
                watched.flinkUrl(), cluster.host(), since == null ? 0 : since.toEpochMilli());
    return new Snapshot(
        now, watched, cluster, steps, merged(published, running), table(ofTable, notes), notes);
  }

  /** What published itself, with its application; and applications that have published nothing. */
  private static List<ImportView> merged(
      List<ImportView> published, List<ApplicationView> applications) {
    Map<String, ImportView> byName = new TreeMap<>();
    published.forEach(each -> byName.put(each.name(), each));
    for (ApplicationView each : applications) {
      ImportView known =
          byName.getOrDefault(
              each.importName(), new ImportView(each.importName(), "", Map.of(), null));
      // YARN tells of several if an import has several steps, or was begun again: the newest
      // counts.
      ApplicationView before = known.application();
      if (before == null || before.id().compareTo(each.id()) < 0) {
        byName.put(each.importName(), known.with(each));
      }
    }
    return List.copyOf(byName.values());
  }

  private TableView table(Map<String, Point> metrics, List<String> notes) {
    Point consumed = metrics.get("ConsumedWriteCapacityUnits");
    Point refused = metrics.get("WriteThrottleEvents");
    Point perSecond = consumed == null ? null : new Point(consumed.value() / MINUTE, consumed.at());
    try {
      TableDescription table =
          dynamoDb.describeTable(request -> request.tableName(watched.table())).table();
      return new TableView(
          watched.table(),
          table.tableStatusAsString(),
          Objects.requireNonNullElse(table.itemCount(), 0L),
          table.provisionedThroughput() == null
              ? 0
              : Objects.requireNonNullElse(table.provisionedThroughput().writeCapacityUnits(), 0L),
          perSecond,
          newerThan(consumed, refused));
    } catch (SdkException e) {
      notes.add("DynamoDB: " + firstLine(e));
      return new TableView(watched.table(), "", 0, 0, perSecond, refused);
    }
  }

  /** CloudWatch has no value of a minute without one: an older one is of the past. */
  private static @Nullable Point newerThan(@Nullable Point consumed, @Nullable Point refused) {
    return consumed != null && refused != null && refused.at().isBefore(consumed.at())
        ? null
        : refused;
  }

  private static String firstLine(SdkException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }

  @Override
  public void close() {
    emr.close();
    cloudWatch.close();
    dynamoDb.close();
  }
}
