package io.dynaload.source.file;

import io.dynaload.source.bounded.BoundedConnector;
import io.dynaload.source.bounded.PageReader;
import io.dynaload.source.storage.FilePageReader;
import io.dynaload.source.storage.FileSplit;
import io.dynaload.source.storage.FileSplitSerializer;
import io.dynaload.source.storage.Storage;
import io.dynaload.source.storage.StorageOutage;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The files that are there when the run begins. */
record FileConnector(FileConfig config) implements BoundedConnector<FileSplit> {
  private static final long serialVersionUID = 1L;

  @Override
  public String fingerprint() {
    return config.fingerprint();
  }

  @Override
  public List<FileSplit> plan(int parallelism) throws IOException {
    FilePlan plan = new FilePlan(config);
    try (Storage storage = Storage.of(config.storage())) {
      return plan.splits(plan.find(storage), parallelism, 0);
    } catch (IOException e) {
      throw StorageOutage.of(e);
    }
  }

  @Override
  public PageReader<FileSplit> reader() {
    return new FilePageReader(config.storage(), config.format().records());
  }

  @Override
  public SimpleVersionedSerializer<FileSplit> splitSerializer() {
    return new FileSplitSerializer();
  }
}
