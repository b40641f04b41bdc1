package io.dynaload.sink;

import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Numbers in their order, made into items, spread by key over two subtasks, into the sink. */
final class SinkJob {
  static final int PARALLELISM = 2;

  /** What makes an item of a number, on the way. */
  interface Maker extends MapFunction<Long, Item> {}

  private SinkJob() {}

  static JobGraph graph(
      DynamoDbSinkConfig config, long items, Maker maker, Map<String, String> flink) {
    return graph(config, new NumberSequenceSource(0, items - 1), maker, flink);
  }

  /** A source without an end that never fills the buffers before the sink within a test's time. */
  static JobGraph graphOfTrickle(
      DynamoDbSinkConfig config, double perSecond, Maker maker, Map<String, String> flink) {
    return graph(
        config,
        new DataGeneratorSource<>(
            number -> number, Long.MAX_VALUE, RateLimiterStrategy.perSecond(perSecond), Types.LONG),
        maker,
        flink);
  }

  private static JobGraph graph(
      DynamoDbSinkConfig config,
      Source<Long, ?, ?> source,
      Maker maker,
      Map<String, String> flink) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(flink));
    env.setParallelism(PARALLELISM);
    env.getConfig().disableGenericTypes();
    DynamoDbSink.attach(
            env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers", Types.LONG)
                .uid("numbers")
                .setParallelism(1)
                .map(maker)
                .uid("items")
                .setParallelism(1)
                .returns(ItemTypeInfo.INSTANCE)
                .keyBy(item -> item.origin().position())
                .map(item -> item)
                .uid("spread")
                .returns(ItemTypeInfo.INSTANCE),
            config,
            TestItems.KEYS,
            new RunLetters(letters(flink), "run"))
        .uid("sink")
        .name("sink");
    return env.getStreamGraph().getJobGraph();
  }

  /** The folder of a job's dead letters: beside its checkpoints. */
  static String letters(Map<String, String> flink) {
    return flink.get("execution.checkpointing.dir") + "/letters";
  }

  static DynamoDbSinkConfig config(String endpoint, String table, int writeCapacity) {
    return TestConfig.of(table, endpoint, writeCapacity).creating(TestItems.KEYS);
  }

  static long count(Map<String, Object> accumulators, Count count) {
    Object value = accumulators.get(MetricNames.accumulator(count));
    return value == null ? 0 : (Long) value;
  }
}
