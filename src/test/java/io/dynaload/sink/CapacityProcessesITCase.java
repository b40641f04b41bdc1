package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.FaultyServer;
import io.dynaload.faulty.ModelTable;
import io.dynaload.faulty.TableSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The write capacity of a job over two processes, metered at the table, in real time. */
class CapacityProcessesITCase {
  private static final int LIMIT = 1_000;
  private static final int SECONDS = 30;

  /** The part of the limit that has to be reached. */
  private static final double LEAST = 0.97;

  /** Measurements, besides the first one, on a machine that others keep busy. */
  private static final int AGAIN = 2;

  private static JobGraph job(FaultyServer service, Path folder) {
    Map<String, String> flink = new HashMap<>();
    flink.put("execution.checkpointing.interval", "5s");
    flink.put("execution.checkpointing.unaligned.enabled", "true");
    flink.put("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    return SinkJob.graph(
        TestConfig.of("readings", service.endpoint().toString(), LIMIT),
        10_000_000,
        number -> TestItems.item(number, "v"),
        flink);
  }

  @Test
  @Timeout(240)
  void twoProcessesShareOneLimit(@TempDir Path folder) throws Exception {
    try (FaultyServer service = FaultyServer.start();
        ClusterProcesses cluster = ClusterProcesses.start(folder, 2);
        RestClusterClient<StandaloneClusterId> client =
            new RestClusterClient<>(cluster.client(), StandaloneClusterId.getInstance())) {
      // Nothing is saved up but a second's units, and any partition takes all of them.
      ModelTable table =
          service.create(
              "readings",
              TableSpec.provisioned(TestItems.KEYS, LIMIT).saving(1).partitioned(1, LIMIT));
      Meter meter = new Meter(table);

      client.submitJob(job(service, folder)).get();
      meter.watchUntil(() -> table.consumed() > 0, Duration.ofSeconds(60));
      double begun = meter.now();
      meter.watch(SECONDS);
      double rate = meter.rate(begun + 5, begun + SECONDS);
      // The clock is the machine's: where others took its processors, that is not the limit's
      // fault.
      for (int again = 0; again < AGAIN && rate < LEAST * LIMIT; again++) {
        begun = meter.now();
        meter.watch(SECONDS);
        rate = meter.rate(begun, begun + SECONDS);
      }

      double refused = table.capacity().refused() / table.consumed();
      assertThat(rate).as(cluster.logs()).isBetween(LEAST * LIMIT, 1.0 * LIMIT);
      assertThat(refused).isLessThan(0.005);
    }
  }

  @Test
  @Timeout(240)
  void eachProcessGoesOnAtItsShareWhileTheJobManagerStandsStill(@TempDir Path folder)
      throws Exception {
    try (FaultyServer service = FaultyServer.start();
        ClusterProcesses cluster = ClusterProcesses.start(folder, 2);
        RestClusterClient<StandaloneClusterId> client =
            new RestClusterClient<>(cluster.client(), StandaloneClusterId.getInstance())) {
      ModelTable table = service.create("readings", TableSpec.unlimited(TestItems.KEYS));
      Meter meter = new Meter(table);
      client.submitJob(job(service, folder)).get();
      meter.watchUntil(() -> table.consumed() > 500, Duration.ofSeconds(60));
      meter.awaitRate(0.8 * LIMIT, 1.04 * LIMIT);

      cluster.suspendJobManager();
      try {
        // A writer uses up what it has, then it waits for an answer, and gives up waiting.
        double before = table.consumed();
        meter.watch(3);
        assertThat(table.consumed() - before).isLessThan(0.8 * LIMIT);
        meter.awaitRate(0.8 * LIMIT, 1.04 * LIMIT);
      } finally {
        cluster.resumeJobManager();
      }
      meter.watch(2);
      meter.awaitRate(0.8 * LIMIT, 1.04 * LIMIT);

      assertThat(cluster.logs())
          .contains("The coordinator of the capacity is out of reach")
          .contains("The coordinator of the capacity answers again");
    }
  }
}
