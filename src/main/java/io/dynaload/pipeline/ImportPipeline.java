package io.dynaload.pipeline;

import io.dynaload.deadletter.LetterIndex;
import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.item.KeySchema;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.rebalance.Route;
import io.dynaload.sink.DynamoDbSink;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.deadletter.DeadLetterSource;
import io.dynaload.transform.Transform;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The job: source → rebalance → transform → [by key] → sink. The uids tie a checkpoint's state to
 * its operator; they never change.
 */
public final class ImportPipeline {
  private ImportPipeline() {}

  /**
   * Where the items go.
   *
   * @param keys of the table, as it was found
   * @param letters where those go that cannot be written
   */
  public record Target(DynamoDbSinkConfig config, KeySchema keys, RunLetters letters) {}

  /**
   * What becomes of the items on their way.
   *
   * @param from the file's source, which knows the tables that they come from
   * @param now the time of the run, for expressions
   */
  public record Transforming(Transform transform, ImportSource from, Instant now) {}

  public static void build(
      StreamExecutionEnvironment flink,
      ImportSource source,
      SourceSchema schema,
      Transforming transforming,
      Target target) {
    DataStream<Item> read = read(flink, source, schema, "");
    write(transformed(read, source, schema, transforming, target, false), target);
  }

  private static DataStream<Item> transformed(
      DataStream<Item> read,
      ImportSource source,
      SourceSchema schema,
      Transforming transforming,
      Target target,
      boolean replay) {
    Routes routes = routes(source, schema, transforming.transform(), target.keys());
    Transform.Context context =
        new Transform.Context(
            target.keys(), transforming.from()::table, transforming.now(), replay);
    DataStream<Item> spread = routes.toTransform().apply(read);
    return routes.toSink().apply(transforming.transform().apply(spread, context));
  }

  /** Which way the items of a source go to a table with these keys. */
  static Routes routes(
      ImportSource source, SourceSchema schema, Transform transform, KeySchema keys) {
    return Routes.of(source.traits(), schema, keys, transform.changes());
  }

  /**
   * The same with dead letters for a source. What the sink rejected has been transformed, and goes
   * to the sink as it is.
   */
  static void buildReplay(
      StreamExecutionEnvironment flink,
      List<String> files,
      LetterIndex letters,
      Transforming transforming,
      Target target) {
    @Nullable DataStream<Item> items = null;
    if (letters.size() > letters.size(Stage.SINK)) {
      ImportSource source =
          new DeadLetterSource(files, EnumSet.complementOf(EnumSet.of(Stage.SINK)));
      SourceSchema schema = source.inspect();
      DataStream<Item> read = read(flink, source, schema, "");
      items = transformed(read, source, schema, transforming, target, true);
    }
    if (letters.size(Stage.SINK) > 0) {
      ImportSource source = new DeadLetterSource(files, EnumSet.of(Stage.SINK));
      DataStream<Item> read = read(flink, source, source.inspect(), "-transformed");
      DataStream<Item> transformed = new Route.ByTableKey(target.keys()).apply(read);
      items = items == null ? transformed : items.union(transformed);
    }
    if (items == null) {
      throw new IllegalArgumentException("No letters to replay");
    }
    write(items, target);
  }

  private static void write(DataStream<Item> items, Target target) {
    DynamoDbSink.attach(items, target.config(), target.keys(), target.letters())
        .name("sink")
        .uid("sink");
  }

  private static DataStream<Item> read(
      StreamExecutionEnvironment flink, ImportSource source, SourceSchema schema, String suffix) {
    return flink
        .fromSource(
            source.toFlinkSource(schema),
            WatermarkStrategy.noWatermarks(),
            "source" + suffix,
            ItemTypeInfo.INSTANCE)
        .uid("source" + suffix)
        .map(new ReadCounter())
        .returns(ItemTypeInfo.INSTANCE)
        .name("read" + suffix)
        .uid("read" + suffix);
  }
}
