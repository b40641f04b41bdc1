package io.dynaload.bench;

import io.dynaload.aws.AwsConfig;
import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.sink.CapacityConfig;
import io.dynaload.sink.DynamoDbSink;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.WriteConfig;
import io.dynaload.sink.WriteModeConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A whole Flink job: a generator, a rebalance, and a sink; ours or Flink's own. */
final class SinkJob implements Contestant {
  private static final int PARALLELISM = 2;
  private static final int UNLIMITED = 10_000_000;

  private final String name;
  private final MiniCluster cluster;
  private final Sink sink;

  private interface Sink {
    void attach(DataStream<Item> stream, BenchItems items);
  }

  private SinkJob(String name, MiniCluster cluster, Sink sink) {
    this.name = name;
    this.cluster = cluster;
    this.sink = sink;
  }

  /**
   * @param letters a folder for dead letters, of which there are none
   */
  static SinkJob ours(MiniCluster cluster, String endpoint, Path letters) {
    return ours(
        "ours",
        cluster,
        endpoint,
        letters,
        new WriteConfig(8, Duration.ofMinutes(15), WriteModeConfig.OVERWRITE));
  }

  /** In a write mode that writes one item a call. */
  static SinkJob conditional(MiniCluster cluster, String endpoint, Path letters) {
    return ours(
        "conditional",
        cluster,
        endpoint,
        letters,
        new WriteConfig(64, Duration.ofMinutes(15), WriteModeConfig.INSERT_ONLY));
  }

  private static SinkJob ours(
      String name, MiniCluster cluster, String endpoint, Path letters, WriteConfig writing) {
    DynamoDbSinkConfig config =
        new DynamoDbSinkConfig(
            BenchItems.TABLE,
            new AwsConfig("us-east-1", endpoint, null),
            CapacityConfig.units(UNLIMITED),
            writing,
            null);
    RunLetters run = new RunLetters(letters.toUri().toString(), "bench");
    return new SinkJob(
        name,
        cluster,
        (stream, items) -> DynamoDbSink.attach(stream, config, BenchItems.KEYS, run));
  }

  static SinkJob flinks(MiniCluster cluster, String endpoint) {
    return new SinkJob(
        "flink", cluster, (stream, items) -> stream.sinkTo(FlinkSink.to(endpoint, items)));
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

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(BenchItems items, int count) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    env.setParallelism(PARALLELISM);
    env.getConfig().disableGenericTypes();
    env.getConfig().enableObjectReuse();
    sink.attach(
        env.fromSequence(1, count).map(items::item).returns(ItemTypeInfo.INSTANCE).rebalance(),
        items);
    cluster.executeJobBlocking(env.getStreamGraph().getJobGraph());
  }
}
