package io.dynaload.source.scan;

import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;

/**
 * The tables that a file names. Their keys are only known once they are asked, and, where the file
 * has a pattern, so is which tables they are.
 */
record ScanSource(ScanConfig config, Found found) implements ImportSource {
  private static final long serialVersionUID = 1L;

  @Override
  public SourceTraits traits() {
    return config.traits();
  }

  @Override
  public Found find(Target target) {
    if (!config.hasPattern()) {
      return Found.NOTHING;
    }
    try (TableFinder finder = new TableFinder(config)) {
      return finder.find(target);
    }
  }

  @Override
  public ImportSource of(Found now) {
    return new ScanSource(config, now);
  }

  @Override
  public List<ImportSource> steps() {
    try (TableFinder finder = new TableFinder(config)) {
      List<SourceTable> tables = config.hasPattern() ? finder.found(found.names()) : finder.named();
      return List.of(new ScanStep(config, tables, found.warnings()));
    }
  }

  @Override
  public String table(String unit) {
    return ScanSplit.tableOf(unit);
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
