package io.dynaload.source.export;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;

/**
 * The exports that a file names. They are only known once their manifests are read; then each is a
 * step of its own, in the order of their times.
 */
record ExportSource(ExportConfig config) implements ImportSource {
  private static final long serialVersionUID = 1L;

  /** What every export may be; its step knows better. */
  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, false, config.paths().size() > 1);
  }

  @Override
  public List<ImportSource> steps() {
    try (Storage storage = Storage.of(config.storage())) {
      if (config.paths().size() == 1) {
        return List.of(step(ExportFinder.find(storage, config.paths().get(0))));
      }
      List<NativeExport> exports = new ArrayList<>();
      for (String path : config.paths()) {
        if (!(ExportFinder.find(storage, path) instanceof NativeExport export)) {
          throw new ImportException(
              ErrorCode.CONFIGURATION,
              path + " is an export without a table's id and a time, so it is no part of a chain",
              "Import it by a file of its own, with path, before the rest.");
        }
        exports.add(export);
      }
      return ExportChain.inOrder(exports).stream().map(this::step).toList();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private ImportSource step(Export export) {
    return new ExportStep(config, export);
  }

  /** An outage that was waited for long enough, before there is a job that could be restarted. */
  static ImportException unreachable(IOException e) {
    return new ImportException(
        ErrorCode.SOURCE,
        "The export cannot be read: " + e.getMessage(),
        "This may pass: try again.",
        e);
  }

  @Override
  public SourceSchema inspect() {
    return new SourceSchema(Map.of(), List.of());
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    throw new IllegalStateException("Each export is read by a step of its own");
  }
}
