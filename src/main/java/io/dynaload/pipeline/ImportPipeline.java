package io.dynaload.pipeline;

import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.item.KeySchema;
import io.dynaload.rebalance.Rebalance;
import io.dynaload.sink.DynamoDbSink;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.transform.Transform;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job: source → rebalance → transform → sink. The uids tie a checkpoint's state to its
 * operator; they never change.
 */
public final class ImportPipeline {
  private ImportPipeline() {}

  public static void build(
      StreamExecutionEnvironment flink,
      ImportSource source,
      SourceSchema schema,
      DynamoDbSinkConfig target,
      KeySchema keys) {
    DataStream<Item> read = read(flink, source, schema);
    DataStream<Item> spread = Rebalance.apply(read);
    DataStream<Item> transformed = Transform.apply(spread);
    DynamoDbSink.attach(transformed, target, keys).name("sink").uid("sink");
  }

  private static DataStream<Item> read(
      StreamExecutionEnvironment flink, ImportSource source, SourceSchema schema) {
    return flink
        .fromSource(
            source.toFlinkSource(schema),
            WatermarkStrategy.noWatermarks(),
            "source",
            ItemTypeInfo.INSTANCE)
        .uid("source")
        .map(new ReadCounter())
        .returns(ItemTypeInfo.INSTANCE)
        .name("read")
        .uid("read");
  }
}
