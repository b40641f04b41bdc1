package io.dynaload.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dynaload.aws.AwsConfig;
import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.sink.DynamoDbSink;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.WriteConfig;
import io.dynaload.sink.capacity.CapacityConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Items a CPU-second of the whole process: generated items, a rebalance, a sink; ours and Flink's
 * own by turns, to one {@link InstantServer} in a process of its own.
 */
public final class PipelineBench {
  private static final int PARALLELISM = 2;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int UNLIMITED = 10_000_000;

  private final MiniCluster cluster;
  private final String endpoint;

  private PipelineBench(MiniCluster cluster, String endpoint) {
    this.cluster = cluster;
    this.endpoint = endpoint;
  }

  private interface Sink {
    void attach(DataStream<Item> items);
  }

  /**
   * @param args items a round, rounds, and which sinks: {@code both}, or {@code ours} for profiling
   */
  public static void main(String[] args) throws Exception {
    int items = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    boolean both = args.length < 3 || args[2].equals("both");
    Process server = server();
    try (MiniCluster cluster = cluster()) {
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII));
      new PipelineBench(cluster, "http://127.0.0.1:" + said.readLine()).run(items, rounds, both);
    } finally {
      server.destroy();
    }
    System.exit(0); // whatever threads a client has left
  }

  private static Process server() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            InstantServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static MiniCluster cluster() throws Exception {
    Configuration flink = new Configuration();
    flink.setString("rest.port", "0");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .build());
    cluster.start();
    return cluster;
  }

  private void run(int items, int rounds, boolean both) throws Exception {
    double[] ours = new double[rounds];
    double[] flinks = new double[rounds];
    long started = System.nanoTime();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      double our = itemsPerCpuSecond(items, this::attachOurs);
      double flink = both ? itemsPerCpuSecond(items, this::attachFlinks) : 1;
      System.out.printf(
          Locale.ROOT,
          "%s: ours %,.0f items a CPU-second, Flink's %,.0f%n",
          round < 0 ? "warm-up" : "round " + (round + 1),
          our,
          flink);
      if (round >= 0) {
        ours[round] = our;
        flinks[round] = flink;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "{\"items_per_cpu_s\": %.0f, \"flink_items_per_cpu_s\": %.0f, \"ratio_flink\": %.2f,"
            + " \"items\": %d, \"rounds\": %d, \"seconds\": %.1f}%n",
        median(ours),
        median(flinks),
        median(ours) / median(flinks),
        items,
        rounds,
        (System.nanoTime() - started) / 1e9);
  }

  private double itemsPerCpuSecond(int items, Sink sink) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    env.setParallelism(PARALLELISM);
    env.getConfig().disableGenericTypes();
    env.getConfig().enableObjectReuse();
    sink.attach(
        env.fromSequence(1, items)
            .map(BenchItems::item)
            .returns(ItemTypeInfo.INSTANCE)
            .rebalance());
    JobGraph job = env.getStreamGraph().getJobGraph();
    System.gc();
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = process.getProcessCpuTime();
    cluster.executeJobBlocking(job);
    return items / ((process.getProcessCpuTime() - before) / 1e9);
  }

  private void attachOurs(DataStream<Item> items) {
    DynamoDbSinkConfig config =
        new DynamoDbSinkConfig(
            BenchItems.TABLE,
            new AwsConfig("us-east-1", endpoint, null),
            CapacityConfig.units(UNLIMITED),
            new WriteConfig(8, Duration.ofMinutes(15)),
            null);
    DynamoDbSink.attach(
        items,
        config,
        BenchItems.KEYS,
        new RunLetters("file:/tmp/dynaload-bench-letters", "bench"));
  }

  private void attachFlinks(DataStream<Item> items) {
    items.sinkTo(FlinkSink.to(endpoint));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
