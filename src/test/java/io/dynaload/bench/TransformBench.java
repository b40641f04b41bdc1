package io.dynaload.bench;

import com.sun.management.OperatingSystemMXBean;
import io.dynaload.aws.AwsConfig;
import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.sink.CapacityConfig;
import io.dynaload.sink.DynamoDbSink;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.WriteConfig;
import io.dynaload.sink.WriteModeConfig;
import io.dynaload.transform.Transform;
import io.dynaload.transform.TransformRun;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * What steps cost: against {@link HandWritten} code, in nanoseconds of CPU time an item, and as the
 * part that they have in the CPU time of a whole import.
 */
public final class TransformBench {
  private static final int WARM_UP_ROUNDS = 3;
  private static final String SELECT =
      """
      transform:
        - select: [OrderID, Name, DateTime]
        - rename: {DateTime: OrderedAt}
      """;
  private static final String EXPRESSIONS =
      """
      transform:
        - where: size(item.OrderID) > 0
        - set: {DateTime: "epoch_seconds(item.DateTime, 'yyyy-MM-dd HH:mm:ss')"}
        - set: {ExpirationTimestamp: item.DateTime + 31536000}
      """;

  /** One way of doing it. */
  @FunctionalInterface
  private interface Way {
    Item apply(Item item) throws InvalidItemException;
  }

  private final int count;
  private final int rounds;
  private final Path folder;
  private final List<String> figures = new ArrayList<>();
  private long sum;

  private TransformBench(int count, int rounds, Path folder) {
    this.count = count;
    this.rounds = rounds;
    this.folder = folder;
  }

  /**
   * @param args items a round, and rounds
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("dynaload-bench");
    TransformBench bench =
        new TransformBench(Integer.parseInt(args[0]), Integer.parseInt(args[1]), folder);
    bench.compare();
    bench.wholeJobs();
    System.out.println("{" + String.join(", ", bench.figures) + "}");
    System.exit(0); // whatever threads a client has left
  }

  private TransformRun run(String steps) throws Exception {
    Path file = folder.resolve("import.yaml");
    Files.writeString(file, steps);
    return new TransformRun(file, CustomerItems.KEYS);
  }

  private void compare() throws Exception {
    HandWritten byHand = new HandWritten();
    TransformRun select = run(SELECT);
    TransformRun expressions = run(EXPRESSIONS);
    for (CustomerItems items : CustomerItems.values()) {
      String suffix = items == CustomerItems.OF_80_BYTES ? "" : "_1kb";
      compare("select", items, suffix, item -> kept(select.apply(item)), byHand::selectAndRename);
      compare(
          "expressions",
          items,
          suffix,
          item -> kept(expressions.apply(item)),
          item -> kept(byHand.expressions(item)));
    }
  }

  private static Item kept(@Nullable Item item) {
    return Objects.requireNonNull(item);
  }

  private void compare(String name, CustomerItems items, String suffix, Way steps, Way byHand)
      throws InvalidItemException {
    mustAgree(steps.apply(items.item(17)), byHand.apply(items.item(17)));
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      double our = nanos(items, steps);
      double their = nanos(items, byHand);
      System.out.printf(
          Locale.ROOT,
          "%s%s, %s: steps %.0f ns, by hand %.0f ns%n",
          name,
          suffix,
          round < 0 ? "warm-up" : "round " + (round + 1),
          our,
          their);
      if (round >= 0) {
        ours[round] = our;
        theirs[round] = their;
      }
    }
    double our = SinkBench.median(ours);
    double their = SinkBench.median(theirs);
    figure("nanos_" + name + suffix, our);
    figure("nanos_" + name + "_by_hand" + suffix, their);
    figure("ratio_" + name + suffix, their / our);
  }

  private static void mustAgree(Item steps, Item byHand) {
    if (!steps.jsonText().equals(byHand.jsonText()) || steps.size() != byHand.size()) {
      throw new IllegalStateException(
          "not the same: " + steps.jsonText() + " and " + byHand.jsonText());
    }
  }

  /** CPU time an item of this thread. The items are made before, a few at a time. */
  private double nanos(CustomerItems items, Way steps) throws InvalidItemException {
    Item[] some = new Item[1000];
    for (int i = 0; i < some.length; i++) {
      some[i] = items.item(i + 1);
    }
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      sum += steps.apply(some[i % some.length]).json().length;
    }
    return (threads.getCurrentThreadCpuTime() - before) / (double) count;
  }

  private void wholeJobs() throws Exception {
    Process server = SinkBench.server();
    Transform transform = run(EXPRESSIONS).transform();
    try (MiniCluster cluster = SinkJob.cluster();
        BufferedReader said =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
      String endpoint = "http://127.0.0.1:" + said.readLine();
      double[] with = new double[rounds];
      double[] without = new double[rounds];
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        double more = jobNanos(cluster, endpoint, transform);
        double less = jobNanos(cluster, endpoint, Transform.NONE);
        System.out.printf(
            Locale.ROOT,
            "whole job, %s: with steps %.0f ns, without %.0f ns%n",
            round < 0 ? "warm-up" : "round " + (round + 1),
            more,
            less);
        if (round >= 0) {
          with[round] = more;
          without[round] = less;
        }
      }
      double more = SinkBench.median(with);
      double less = SinkBench.median(without);
      figure("nanos_job_with", more);
      figure("nanos_job_without", less);
      figure("share_of_cpu", (more - less) / more);
    } finally {
      server.destroy();
    }
  }

  /** CPU time an item of this process, for a job as an import has it. */
  private double jobNanos(MiniCluster cluster, String endpoint, Transform transform)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    env.setParallelism(2);
    env.getConfig().disableGenericTypes();
    env.getConfig().enableObjectReuse();
    DataStream<Item> items =
        env.fromSequence(1, count)
            .map(CustomerItems.OF_80_BYTES::item)
            .returns(ItemTypeInfo.INSTANCE)
            .rebalance();
    Transform.Context context =
        new Transform.Context(CustomerItems.KEYS, unit -> "", Instant.EPOCH, false);
    DynamoDbSinkConfig config =
        new DynamoDbSinkConfig(
            BenchItems.TABLE,
            new AwsConfig("us-east-1", endpoint, null),
            CapacityConfig.units(10_000_000),
            new WriteConfig(8, Duration.ofMinutes(15), WriteModeConfig.OVERWRITE),
            null);
    RunLetters letters = new RunLetters(folder.toUri().toString(), "bench");
    DynamoDbSink.attach(transform.apply(items, context), config, CustomerItems.KEYS, letters);
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    System.gc();
    long before = process.getProcessCpuTime();
    cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
    return (process.getProcessCpuTime() - before) / (double) count;
  }

  private void figure(String name, double value) {
    figures.add(
        String.format(
            Locale.ROOT, name.startsWith("nanos") ? "\"%s\": %.0f" : "\"%s\": %.2f", name, value));
  }
}
