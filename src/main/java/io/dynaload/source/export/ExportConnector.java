package io.dynaload.source.export;

import io.dynaload.source.bounded.BoundedConnector;
import io.dynaload.source.bounded.PageReader;
import io.dynaload.source.storage.FilePageReader;
import io.dynaload.source.storage.FileSplit;
import io.dynaload.source.storage.FileSplitPlanner;
import io.dynaload.source.storage.FileSplitSerializer;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StorageOutage;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Reads the data files of an export, many at a time. */
record ExportConnector(ExportConfig config, Export export) implements BoundedConnector<FileSplit> {
  private static final long serialVersionUID = 1L;

  @Override
  public String fingerprint() {
    return export.fingerprint();
  }

  @Override
  public List<FileSplit> plan(int parallelism) throws IOException {
    try (Storage storage = Storage.of(config.storage())) {
      return FileSplitPlanner.plan(
          export.files(storage, config.verify()), export.format().splitting(), parallelism, 1);
    } catch (IOException e) {
      throw StorageOutage.of(e);
    }
  }

  @Override
  public PageReader<FileSplit> reader() {
    return new FilePageReader(config.storage(), export.format());
  }

  @Override
  public SimpleVersionedSerializer<FileSplit> splitSerializer() {
    return new FileSplitSerializer();
  }
}
