package io.dynaload.source.file;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.bounded.BoundedSource;
import io.dynaload.source.bounded.PageReader;
import io.dynaload.source.storage.FileSplit;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.Source;

/**
 * Reads files, in parallel, each record once; goes on from any record after an interruption. Lines
 * of one file keep their order, unless the file is read in parts.
 */
final class FileSource implements ImportSource {
  private static final long serialVersionUID = 1L;

  private final FileConfig config;

  FileSource(FileConfig config) {
    this.config = config;
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(!config.watch().isOn(), false, !config.format().builtIn());
  }

  /** Looks for the files and tries whether the first of them can be read. */
  @Override
  public SourceSchema inspect() {
    FilePlan plan = new FilePlan(config);
    try (Storage storage = Storage.of(config.storage())) {
      List<StoredObject> found = plan.find(storage);
      if (found.isEmpty() && !config.watch().isOn()) {
        throw new ImportException(
            ErrorCode.CONFIGURATION,
            "There is no file at " + String.join(", ", config.paths()),
            "Check the path; files of a folder whose names begin with _ or a dot do not count.");
      }
      List<FileSplit> splits = plan.splits(found, 1, 0);
      if (isWhole(found)) {
        tryOut(splits);
      }
      return new SourceSchema(Map.of(), List.of(), warnings(splits));
    } catch (IOException e) {
      throw new ImportException(
          ErrorCode.SOURCE,
          "The files cannot be read: " + e.getMessage(),
          "Check the path, the endpoint and the network.",
          e);
    }
  }

  /** A watch meets local files that are still being written. */
  private boolean isWhole(List<StoredObject> found) {
    return !config.watch().isOn()
        || found.stream().allMatch(object -> object.uri().startsWith("s3://"));
  }

  /** Reads a page, so that what is wrong with all the files shows before the run. */
  private void tryOut(List<FileSplit> splits) throws IOException {
    if (splits.isEmpty()) {
      return;
    }
    try (PageReader<FileSplit> reader = new FileConnector(config).reader()) {
      reader.open(splits.get(0));
      boolean unused = reader.nextPage().isPresent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the first file was read", e);
    }
  }

  private static List<String> warnings(List<FileSplit> splits) {
    Map<String, Long> parts = new TreeMap<>();
    splits.stream().flatMap(FileSplit::cutFiles).forEach(file -> parts.merge(file, 1L, Long::sum));
    if (parts.isEmpty()) {
      return List.of();
    }
    String one = parts.keySet().iterator().next();
    String others =
        switch (parts.size()) {
          case 1 -> "";
          case 2 -> " (and so is another file)";
          default -> " (and so are " + (parts.size() - 1) + " other files)";
        };
    return List.of(
        one
            + " is read in "
            + parts.get(one)
            + " parts at the same time"
            + others
            + ". If a key stands in more than one of them, which of its lines wins is not decided:"
            + " keep-order: true reads each file from its beginning to its end, and write-mode:"
            + " newer-wins decides by a version.");
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    return config.watch().isOn()
        ? new WatchSource(config)
        : new BoundedSource<>(new FileConnector(config));
  }
}
