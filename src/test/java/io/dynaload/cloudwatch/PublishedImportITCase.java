package io.dynaload.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.aws.AwsConfig;
import io.dynaload.emr.fake.FakeAws;
import io.dynaload.emr.fake.FakeCloudWatch;
import io.dynaload.emr.fake.FakeCloudWatch.Datum;
import io.dynaload.metrics.CloudWatchNames;
import io.dynaload.metrics.Count;
import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.ImportRun;
import io.dynaload.pipeline.LocalCluster;
import io.dynaload.pipeline.LocalImport;
import io.dynaload.pipeline.PreparedImport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What CloudWatch is sent of a real import, whose TaskManagers are killed. */
@Timeout(240)
class PublishedImportITCase {
  private static final String ENDPOINT = "aws.endpointUrlCloudWatch";
  private static final PublishedRun RUN = new PublishedRun("readings", "run-1", "j-1");

  @TempDir private Path folder;
  private final FakeCloudWatch cloudWatch = new FakeCloudWatch(Clock.systemUTC());
  private FakeAws aws;
  private LocalImport local;

  @BeforeEach
  void startTheServers() throws Exception {
    aws = FakeAws.start(cloudWatch);
    System.setProperty(ENDPOINT, aws.endpoint().toString());
    local = LocalImport.start(20_000, folder);
  }

  @AfterEach
  void stopTheServers() {
    System.clearProperty(ENDPOINT);
    local.close();
    aws.close();
  }

  private List<Double> published(String metric) {
    return cloudWatch.data().stream()
        .filter(datum -> datum.name().equals(metric) && datum.dimensions().containsKey("run"))
        .filter(datum -> !datum.dimensions().containsKey("cluster"))
        .map(Datum::value)
        .toList();
  }

  @Test
  void noCountEverFallsAndTheLastOnesAreTheLedgers() throws Exception {
    AtomicLong minutes = new AtomicLong();
    PreparedImport prepared =
        PreparedImport.prepare(
            ImportFile.read(local.file(), List.of("sink.write-capacity=2500")), null);
    try (MetricSink sink = CloudWatchSink.open(RUN, new AwsConfig(null, null, null));
        LocalCluster cluster = LocalCluster.start(2, 1)) {
      cluster.flink().startTaskManager();
      ImportRun run = cluster.submit(prepared.firstStep());
      Publishing publishing =
          new Publishing(sink, () -> Duration.ofMinutes(minutes.get()).toNanos());
      int killed = 0;
      while (!run.await(Duration.ofMillis(50))) {
        publishing.sample(run.figures());
        publishing.tick();
        minutes.incrementAndGet();
        if (killed < 2 && run.live().count(Count.WRITTEN) >= 2_000 + 3_000 * killed) {
          cluster.flink().terminateTaskManager(killed).get();
          cluster.flink().startTaskManager();
          killed++;
        }
      }
      ImportRun.Result result = run.result();
      publishing.end(result.report(), false);
      assertThat(killed).isEqualTo(2);
      assertThat(result.report().isComplete()).as(result.report().summary()).isTrue();

      assertThat(cloudWatch.publications()).isGreaterThan(20);
      for (Count count : List.of(Count.READ, Count.WRITTEN, Count.BYTES)) {
        assertThat(published(count.key())).as(count.key()).isSorted().hasSizeGreaterThan(20);
      }
      assertThat(published(CloudWatchNames.PERCENT)).isSorted().endsWith(100.0);
      for (Count count : Count.values()) {
        List<Double> values = published(count.key());
        assertThat(values.get(values.size() - 1))
            .as(count.key())
            .isEqualTo(result.report().ledger().get(count));
      }
      assertThat(published(CloudWatchNames.FAILED)).containsExactly(0.0);
      assertThat(published(CloudWatchNames.ITEMS_PER_SECOND)).startsWith(0.0);
      assertThat(published(CloudWatchNames.WRITE_LIMIT)).contains(2_500.0);
    }
  }

  @Test
  void theNamesAndDimensionsAreThoseThatAlarmsAndDashboardRead() throws Exception {
    try (MetricSink sink = CloudWatchSink.open(RUN, new AwsConfig("eu-west-1", null, null))) {
      Publishing publishing = new Publishing(sink, () -> 0);
      publishing.tick();
      publishing.fail();
    }
    assertThat(cloudWatch.data())
        .extracting(Datum::namespace, Datum::name, Datum::dimensions, Datum::value, Datum::unit)
        .containsExactly(
            rate(Map.of("import", "readings", "run", "run-1")),
            rate(Map.of("cluster", "j-1")),
            rate(Map.of("import", "readings", "run", "run-1", "cluster", "j-1")),
            rate(Map.of("import", "readings", "run", "run-1")),
            rate(Map.of("cluster", "j-1")),
            rate(Map.of("import", "readings", "run", "run-1", "cluster", "j-1")),
            org.assertj.core.groups.Tuple.tuple(
                "Dynaload", "failed", Map.of("import", "readings", "run", "run-1"), 1.0, "None"),
            org.assertj.core.groups.Tuple.tuple(
                "Dynaload", "failed", Map.of("cluster", "j-1"), 1.0, "None"));
    assertThat(aws.requests("monitoring", "PutMetricData"))
        .isNotEmpty()
        .allSatisfy(
            request -> assertThat(request.headers().get("authorization")).contains("/eu-west-1/"));
  }

  private static org.assertj.core.groups.Tuple rate(Map<String, String> dimensions) {
    return org.assertj.core.groups.Tuple.tuple(
        "Dynaload", "itemsPerSecond", dimensions, 0.0, "Count/Second");
  }
}
