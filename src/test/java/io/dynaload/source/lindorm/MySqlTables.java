package io.dynaload.source.lindorm;

import io.dynaload.config.Secret;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.local.MariaDb;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** Tables of a MariaDB, configurations over them, and whole reads. */
final class MySqlTables {
  private MySqlTables() {}

  /** Of a table {@code t} with the timestamp column {@code ts}, over January 2023. */
  static LindormConfig config(String url) {
    LindormUrl parsed = LindormUrl.parse(url);
    return LindormTables.with(
        LindormTables.config(url),
        new AccessConfig(
            parsed,
            Secret.of(MariaDb.USER),
            Secret.of(MariaDb.PASSWORD),
            Objects.requireNonNull(parsed.database())));
  }

  /** Makes {@code t} anew. */
  static void create(MariaDb server, String columns) throws Exception {
    server.execute("DROP TABLE IF EXISTS t");
    server.execute("CREATE TABLE t(" + columns + ")");
  }

  /** Adds rows to {@code t}; their times are meant in UTC. */
  static void insert(MariaDb server, List<String> rows) throws Exception {
    server.execute(
        "SET STATEMENT time_zone = '+00:00' FOR INSERT INTO t VALUES " + String.join(", ", rows));
  }

  /** The sorted texts of the items, read in this thread. */
  static List<String> read(LindormConfig config) throws Exception {
    SourceSchema schema = new LindormSource(config).inspect();
    LindormTable table = new LindormTable(config, List.copyOf(schema.attributes().keySet()));
    List<String> texts = new ArrayList<>();
    try (PageReader<LindormSplit> reader = table.reader()) {
      for (LindormSplit split : table.plan(1)) {
        reader.open(split);
        Optional<Page<LindormSplit>> page = reader.nextPage();
        while (page.isPresent()) {
          for (int i = 0; i < page.get().size(); i++) {
            texts.add(page.get().item(i).jsonText());
          }
          page = reader.nextPage();
        }
      }
    }
    texts.sort(null);
    return texts;
  }

  /** The same by a Flink job, each item handed to {@code each} on its way. */
  static List<String> read(LindormConfig config, int parallelism, MapFunction<Item, Item> each)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    environment.getConfig().disableGenericTypes();
    LindormSource source = new LindormSource(config);
    SourceSchema schema = source.inspect();
    DataStream<Item> items =
        environment
            .fromSource(
                source.toFlinkSource(schema),
                WatermarkStrategy.noWatermarks(),
                "mysql",
                ItemTypeInfo.INSTANCE)
            .map(each)
            .returns(ItemTypeInfo.INSTANCE);
    List<String> texts = new ArrayList<>();
    try (CloseableIterator<Item> all = items.executeAndCollect()) {
      all.forEachRemaining(item -> texts.add(item.jsonText()));
    }
    texts.sort(null);
    return texts;
  }
}
