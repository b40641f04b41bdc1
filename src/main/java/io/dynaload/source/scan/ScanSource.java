package io.dynaload.source.scan;

import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;

/** The tables that a file names. Which they are, and their keys, is only known once it is asked. */
record ScanSource(ScanConfig config) implements ImportSource {
  private static final long serialVersionUID = 1L;

  /** What all of them may be; their one step knows better. */
  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, false, false);
  }

  @Override
  public List<ImportSource> steps() {
    return List.of(new ScanStep(config, TableFinder.find(config)));
  }

  @Override
  public SourceSchema inspect() {
    return new SourceSchema(Map.of(), List.of());
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    throw new IllegalStateException("The tables are read by a step of their own");
  }
}
