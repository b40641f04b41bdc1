package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.aws.AwsClients;
import io.dynaload.aws.AwsConfig;
import io.dynaload.faulty.FaultyServer;
import io.dynaload.faulty.TableSpec;
import io.dynaload.item.Item;
import io.dynaload.local.EmbeddedDynamoDb;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(120)
class SinkITCase {
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private static EmbeddedDynamoDb dynamoDb;
  private static MiniCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = EmbeddedDynamoDb.start();
    Configuration flink = new Configuration();
    flink.setString("rest.port", "0");
    flink.setString("taskmanager.memory.segment-size", "4k");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SinkJob.PARALLELISM)
                .build());
    cluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    dynamoDb.close();
  }

  /** A test that failed leaves no job behind that would take the slots of the next. */
  @AfterEach
  void cancelJobs() throws Exception {
    for (JobStatusMessage job : cluster.listJobs().get()) {
      if (!job.getJobState().isGloballyTerminalState()) {
        cluster.cancelJob(job.getJobId()).get(30, TimeUnit.SECONDS);
        cluster.requestJobResult(job.getJobId()).get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static Map<String, String> checkpointing(Path directory, String interval) {
    Map<String, String> flink = new HashMap<>();
    flink.put("execution.checkpointing.interval", interval);
    flink.put("execution.checkpointing.dir", directory.toUri().toString());
    flink.put("taskmanager.network.memory.buffer-debloat.enabled", "true");
    flink.put("restart-strategy.type", "fixed-delay");
    flink.put("restart-strategy.fixed-delay.attempts", "3");
    flink.put("restart-strategy.fixed-delay.delay", "10 ms");
    return flink;
  }

  private static Map<String, Object> run(JobGraph job) throws Exception {
    return cluster.executeJobBlocking(job).getAllAccumulatorResults();
  }

  /** Key to version of all that is in a table. */
  private static Map<Long, String> table(String name) {
    return table(dynamoDb.endpoint(), name);
  }

  private static Map<Long, String> table(URI endpoint, String name) {
    AwsConfig aws = new AwsConfig("us-west-2", endpoint.toString(), null);
    Map<Long, String> found = new HashMap<>();
    try (DynamoDbClient client = AwsClients.dynamoDb(aws)) {
      for (Map<String, AttributeValue> item :
          client.scanPaginator(scan -> scan.tableName(name)).items()) {
        found.put(Long.valueOf(value(item, "id").n()), value(item, "v").s());
      }
    }
    return found;
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  private static void assertHolds(String table, long keys) {
    assertHolds(table(table), keys);
  }

  private static void assertHolds(Map<Long, String> found, long keys) {
    assertThat(found).hasSize((int) keys);
    assertThat(found).allSatisfy((id, version) -> assertThat(version).isEqualTo("v" + id));
  }

  @Test
  void whateverFailsEveryItemIsInTheTableAndCountedOnce(@TempDir Path directory) throws Exception {
    try (FaultyServer faulty = FaultyServer.start()) {
      faulty.create("faults", TableSpec.unlimited(TestItems.KEYS));
      DynamoDbSinkConfig config = SinkJob.config(faulty.endpoint().toString(), "faults", 1_000_000);
      faulty.service().atRandom(42, 0.15);

      Map<String, Object> counts =
          run(
              SinkJob.graph(
                  config,
                  20_000,
                  number -> TestItems.item(number, "v" + number),
                  checkpointing(directory, "300ms")));

      assertHolds(table(faulty.endpoint(), "faults"), 20_000);
      assertThat(SinkJob.count(counts, Count.WRITTEN)).isEqualTo(20_000);
      assertThat(SinkJob.count(counts, Count.SUPERSEDED)).isZero();
      assertThat(SinkJob.count(counts, Count.BYTES)).isEqualTo(600_000);
      assertThat(SinkJob.count(counts, Count.WRITE_UNITS)).isGreaterThanOrEqualTo(20_000);
      assertThat(SinkJob.count(counts, Count.RETRIED)).isPositive();
      assertThat(SinkJob.count(counts, Count.THROTTLED)).isPositive();
      assertThat(faulty.overlaps()).isZero();
    }
  }

  /** Ten versions of each key in turn; the last one has the key's own number as its version. */
  private static Item versioned(long number) {
    long key = number % 500;
    boolean last = number >= 4_500;
    return TestItems.item(key, last ? "v" + key : "older " + number);
  }

  @Test
  void theLastVersionOfEachKeyStaysWhateverIsRetried(@TempDir Path directory) throws Exception {
    try (FaultyServer faulty = FaultyServer.start()) {
      faulty.create("versions", TableSpec.unlimited(TestItems.KEYS));
      DynamoDbSinkConfig config =
          SinkJob.config(faulty.endpoint().toString(), "versions", 1_000_000);
      faulty.service().atRandom(7, 0.3);
      Map<String, String> flink = checkpointing(directory, "300ms");

      Map<String, Object> counts = run(SinkJob.graph(config, 5_000, SinkITCase::versioned, flink));

      assertHolds(table(faulty.endpoint(), "versions"), 500);
      assertThat(SinkJob.count(counts, Count.WRITTEN) + SinkJob.count(counts, Count.SUPERSEDED))
          .isEqualTo(5_000);
      assertThat(faulty.overlaps()).isZero();
    }
  }

  private static Item failingOnce(long number) throws Exception {
    if (number == 9_000 && FAILED.compareAndSet(false, true)) {
      throw new IllegalStateException("injected");
    }
    return TestItems.item(number, "v" + number);
  }

  @Test
  void countsSurviveARestart(@TempDir Path directory) throws Exception {
    DynamoDbSinkConfig config = SinkJob.config(dynamoDb.endpoint().toString(), "restarted", 10_000);
    TargetTable.open(config);

    Map<String, Object> counts =
        run(
            SinkJob.graph(
                config, 10_000, SinkITCase::failingOnce, checkpointing(directory, "100ms")));

    assertThat(FAILED).isTrue();
    assertHolds("restarted", 10_000);
    assertThat(SinkJob.count(counts, Count.WRITTEN)).isEqualTo(10_000);
  }

  @Test
  void aCheckpointUnderASlowLimitIsQuick(@TempDir Path directory) throws Exception {
    DynamoDbSinkConfig config = SinkJob.config(dynamoDb.endpoint().toString(), "slow", 200);
    TargetTable.open(config);
    Map<String, String> flink = checkpointing(directory, "1s");
    flink.put("execution.checkpointing.unaligned.enabled", "true");
    flink.put("execution.checkpointing.aligned-checkpoint-timeout", "500 ms");
    SinkJob.Maker maker = number -> TestItems.item(number, "v" + number);
    JobGraph job = SinkJob.graph(config, 3_000, maker, flink);
    long before = System.nanoTime();

    cluster.submitJob(job).get();
    JobResult result = cluster.requestJobResult(job.getJobID()).get();

    assertThat(result.isSuccess()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThan(Duration.ofMillis(14_500));
    CheckpointStatsSnapshot checkpoints =
        cluster.getExecutionGraph(job.getJobID()).get().getCheckpointStatsSnapshot();
    assertThat(checkpoints.getCounts().getNumberOfCompletedCheckpoints()).isGreaterThan(5);
    // The median, so that one pause of the machine does not count.
    assertThat(checkpoints.getSummaryStats().getEndToEndDurationStats().getQuantile(0.5))
        .isLessThan(5_000);
    assertHolds("slow", 3_000);
  }

  @Test
  void aStopWritesWhatTheLimitHoldsBack(@TempDir Path directory) throws Exception {
    DynamoDbSinkConfig config = SinkJob.config(dynamoDb.endpoint().toString(), "stopped", 100);
    TargetTable.open(config);
    SinkJob.Maker maker = number -> TestItems.item(number, "v" + number);
    // A source that does not wait for the sink ends its data before the savepoint's barrier.
    JobGraph job = SinkJob.graphOfTrickle(config, 300, maker, checkpointing(directory, "1h"));
    cluster.submitJob(job).get();
    await(() -> table("stopped").size() > 50);

    stop(job, directory);

    JobResult result = cluster.requestJobResult(job.getJobID()).get();
    Map<String, Object> counts =
        result.toJobExecutionResult(getClass().getClassLoader()).getAllAccumulatorResults();
    assertHolds("stopped", SinkJob.count(counts, Count.WRITTEN));
  }

  /** Stops a job and gives its savepoint. */
  private static String stop(JobGraph job, Path directory) throws Exception {
    return cluster
        .stopWithSavepoint(
            job.getJobID(), directory.toString(), false, SavepointFormatType.CANONICAL)
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void aSavepointOfOneParallelismGoesOnAtAnother(@TempDir Path directory) throws Exception {
    DynamoDbSinkConfig config = SinkJob.config(dynamoDb.endpoint().toString(), "rescaled", 2_000);
    TargetTable.open(config);
    Map<String, String> flink = checkpointing(directory, "100ms");
    SinkJob.Maker maker = number -> TestItems.item(number, "v" + number);
    JobGraph two = SinkJob.graph(config, 6_000, maker, flink);
    cluster.submitJob(two).get();
    await(() -> table("rescaled").size() > 500);
    String savepoint = stop(two, directory);
    assertThat(table("rescaled")).hasSizeLessThan(6_000);

    JobGraph one = SinkJob.graph(config, 6_000, maker, flink);
    one.getVertices().forEach(vertex -> vertex.setParallelism(1));
    one.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    Map<String, Object> counts = run(one);

    assertHolds("rescaled", 6_000);
    assertThat(SinkJob.count(counts, Count.WRITTEN)).isEqualTo(6_000);
  }

  private static Item overflowing(long number) {
    String json = "{\"id\":{\"N\":\"" + number + "\"},\"v\":{\"N\":\"1e" + number + "\"}}";
    return Item.put(
        json.getBytes(StandardCharsets.UTF_8),
        10,
        Item.NO_WRITE_TIMESTAMP,
        TestItems.item(number, "").origin());
  }

  @Test
  void anItemThatTheServiceRefusesIsFoundAmongOthers(@TempDir Path directory) throws Exception {
    DynamoDbSinkConfig config = SinkJob.config(dynamoDb.endpoint().toString(), "refused", 2_000);
    TargetTable.open(config);

    Map<String, Object> counts =
        run(SinkJob.graph(config, 127, SinkITCase::overflowing, checkpointing(directory, "100ms")));

    assertThat(SinkJob.count(counts, Count.REJECTED)).isEqualTo(1);
    assertThat(SinkJob.count(counts, Count.WRITTEN)).isEqualTo(126);
    assertThat(counts).containsEntry(MetricNames.rejectedAccumulator("ValidationException"), 1L);
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    Object clock = new Object();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    synchronized (clock) {
      while (!condition.holds()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        clock.wait(50);
      }
    }
  }
}
