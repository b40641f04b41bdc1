package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.item.KeySchema;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.TableDefinition;
import io.dynaload.sink.TargetTable;
import io.dynaload.source.ImportSource;
import io.dynaload.transform.Transform;
import io.dynaload.transform.TransformPreview;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The first items of an import, before and after its transform. Nothing is written anywhere. */
public final class Sample {
  /**
   * An item, and what becomes of it: nothing if it is left out, itself if it is rejected.
   *
   * @param before as the source gives it
   */
  public record Entry(Item before, List<Item> after) {
    public boolean isRejected() {
      return after.size() == 1 && after.get(0).isRejected();
    }
  }

  private Sample() {}

  /**
   * Reads the first items that the source gives, and transforms them. Of a source that has several
   * steps, they are of the first.
   *
   * @param count how many, at most
   */
  public static List<Entry> of(ImportFile file, int count) {
    ImportSource source = file.source().of(Findings.of(file, null)).steps().get(0);
    Transform.Context context =
        new Transform.Context(keys(file.sink()), file.source()::table, Instant.now(), false);
    TransformPreview preview = new TransformPreview(file.transform(), context);
    return read(source, count).stream().map(item -> new Entry(item, preview.of(item))).toList();
  }

  /** Those that the file says, or else those of the table. */
  private static KeySchema keys(DynamoDbSinkConfig sink) {
    TableDefinition definition = sink.createTable();
    return definition == null ? TargetTable.open(sink).keys() : definition.keys();
  }

  private static List<Item> read(ImportSource source, int count) {
    Configuration settings = FlinkSettings.cluster(1);
    FileSystems.load();
    try (StreamExecutionEnvironment flink =
        StreamExecutionEnvironment.createLocalEnvironment(1, settings)) {
      flink.getConfig().disableGenericTypes();
      return flink
          .fromSource(
              source.toFlinkSource(source.inspect()),
              WatermarkStrategy.noWatermarks(),
              "source",
              ItemTypeInfo.INSTANCE)
          .executeAndCollect("sample", count);
    } catch (ImportException e) {
      throw e;
    } catch (Exception e) {
      ImportException failure = JobFailures.classified(e, Sample.class.getClassLoader());
      throw failure.code() == ErrorCode.INTERNAL
          ? new ImportException(ErrorCode.SOURCE, failure.problem(), failure.remedy(), e)
          : failure;
    }
  }
}
