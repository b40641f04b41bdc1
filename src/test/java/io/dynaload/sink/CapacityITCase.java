package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.AskedCapacity;
import io.dynaload.faulty.FaultyServer;
import io.dynaload.faulty.ModelTable;
import io.dynaload.faulty.TableSpec;
import io.dynaload.item.Item;
import io.dynaload.local.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The write capacity of whole jobs over two TaskManagers, metered at the table, in real time. */
@Timeout(120)
// Bounds are wide, for the machine may be busy; PaceTest has the narrow ones.
class CapacityITCase {
  private static final int ENOUGH = 10_000_000;
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private FaultyServer service;
  private MiniCluster cluster;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    service = FaultyServer.start();
    Configuration flink = new Configuration();
    flink.setString("rest.port", "0");
    flink.setString("taskmanager.memory.segment-size", "4k");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(1)
                .setRpcServiceSharing(RpcServiceSharing.DEDICATED)
                .withRandomPorts()
                .build());
    cluster.start();
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    service.close();
  }

  private static Item item(long number) {
    return TestItems.item(number, "v");
  }

  private DynamoDbSinkConfig config(AskedCapacity asked) {
    return TestConfig.of(
        "readings", service.endpoint().toString(), new CapacityConfig(asked, REFRESH), null);
  }

  private JobGraph job(AskedCapacity asked, SinkJob.Maker maker) {
    Map<String, String> flink = new HashMap<>();
    flink.put("execution.checkpointing.interval", "500ms");
    flink.put("execution.checkpointing.unaligned.enabled", "true");
    flink.put("execution.checkpointing.dir", folder.toUri().toString());
    flink.put("restart-strategy.type", "fixed-delay");
    flink.put("restart-strategy.fixed-delay.attempts", "1");
    flink.put("restart-strategy.fixed-delay.delay", "1 s");
    return SinkJob.graph(config(asked), ENOUGH, maker, flink);
  }

  /** Waits until the job is well under way. */
  private static void awaitSomething(Meter meter, ModelTable table) throws InterruptedException {
    double before = table.consumed();
    meter.watchUntil(() -> table.consumed() > before + 500, Duration.ofMinutes(2));
  }

  @Test
  void aPercentageFollowsTheTableUpAndDown() throws Exception {
    ModelTable table =
        service.create("readings", TableSpec.provisioned(TestItems.KEYS, 2_000).saving(1));
    Meter meter = new Meter(table);
    cluster.submitJob(job(AskedCapacity.parse("50%"), CapacityITCase::item)).get();
    awaitSomething(meter, table);
    meter.awaitRate(800.0, 1_040.0);

    table.capacity().rate(1_000);
    meter.awaitRate(400.0, 530.0);

    table.capacity().rate(3_000);
    meter.awaitRate(1_200.0, 1_560.0);
    assertThat(table.capacity().refused()).isZero();
  }

  @Test
  void theFileIsReadAgainAndOneThatSaysNothingOfUseChangesNothing() throws Exception {
    ModelTable table = service.create("readings", TableSpec.unlimited(TestItems.KEYS));
    Path file = Files.writeString(folder.resolve("units"), "400\n");
    Meter meter = new Meter(table);
    cluster.submitJob(job(new AskedCapacity.InFile(file.toString()), CapacityITCase::item)).get();
    awaitSomething(meter, table);
    meter.awaitRate(320.0, 450.0);

    Files.writeString(file, "plenty");
    meter.awaitRate(320.0, 450.0);

    Files.writeString(file, "800");
    meter.awaitRate(640.0, 900.0);
  }

  @Test
  void aFileOnS3IsReadAgain() throws Exception {
    ModelTable table = service.create("readings", TableSpec.unlimited(TestItems.KEYS));
    try (S3Server s3 = S3Server.start("bucket", folder)) {
      s3.useForFlink();
      s3.put("bucket", "units", "400".getBytes(UTF_8));
      Meter meter = new Meter(table);
      cluster
          .submitJob(job(new AskedCapacity.InFile("s3://bucket/units"), CapacityITCase::item))
          .get();
      awaitSomething(meter, table);
      meter.awaitRate(320.0, 450.0);

      s3.put("bucket", "units", "800".getBytes(UTF_8));
      meter.awaitRate(640.0, 900.0);
    } finally {
      FileSystem.initialize(new Configuration(), null);
    }
  }

  private static Item failingOnce(long number) throws Exception {
    if (number == 6_000 && FAILED.compareAndSet(false, true)) {
      throw new IllegalStateException("injected");
    }
    return item(number);
  }

  @Test
  void noBurstFollowsARestart() throws Exception {
    FAILED.set(false);
    ModelTable table = service.create("readings", TableSpec.unlimited(TestItems.KEYS));
    Meter meter = new Meter(table);
    cluster.submitJob(job(new AskedCapacity.Units(1_000), CapacityITCase::failingOnce)).get();
    meter.watchUntil(FAILED::get, Duration.ofSeconds(60));
    double failed = meter.now();
    meter.watch(1);
    awaitSomething(meter, table);
    meter.awaitRate(800.0, 1_040.0);

    assertThat(meter.mostInASecond(failed)).isLessThan(1_300);
  }

  @Test
  void theLimitIsThatOfTheJobAtAnyParallelism() throws Exception {
    ModelTable table = service.create("readings", TableSpec.unlimited(TestItems.KEYS));
    Meter meter = new Meter(table);
    JobGraph two = job(new AskedCapacity.Units(1_000), CapacityITCase::item);
    cluster.submitJob(two).get();
    awaitSomething(meter, table);
    meter.awaitRate(800.0, 1_040.0);
    String savepoint =
        cluster
            .stopWithSavepoint(
                two.getJobID(), folder.toString(), false, SavepointFormatType.CANONICAL)
            .get();

    JobGraph one = job(new AskedCapacity.Units(1_000), CapacityITCase::item);
    one.getVertices().forEach(vertex -> vertex.setParallelism(1));
    one.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    cluster.submitJob(one).get();
    awaitSomething(meter, table);
    meter.awaitRate(800.0, 1_040.0);
  }
}
