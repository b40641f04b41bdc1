package io.dynaload.source.export;

import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.bounded.BoundedSource;
import io.dynaload.source.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;

/** One export. */
record ExportStep(ExportConfig config, Export export) implements ImportSource {
  private static final long serialVersionUID = 1L;

  @Override
  public SourceTraits traits() {
    return export.traits();
  }

  @Override
  public SourceSchema inspect() {
    try (Storage storage = Storage.of(config.storage())) {
      return new SourceSchema(Map.of(), List.of(), export.inspect(storage, config.verify()));
    } catch (IOException e) {
      throw ExportSource.unreachable(e);
    }
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    return new BoundedSource<>(new ExportConnector(config, export));
  }
}
