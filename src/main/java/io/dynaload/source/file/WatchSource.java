package io.dynaload.source.file;

import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import io.dynaload.source.bounded.PagedSourceReader;
import io.dynaload.source.storage.FileSplit;
import io.dynaload.source.storage.FileSplitSerializer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A Flink source over files that keep coming. Each is read once, also across restarts. */
final class WatchSource implements Source<Item, FileSplit, WatchState>, ResultTypeQueryable<Item> {
  private static final long serialVersionUID = 1L;

  private final FileConfig config;

  WatchSource(FileConfig config) {
    this.config = config;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<FileSplit, WatchState> createEnumerator(
      SplitEnumeratorContext<FileSplit> context) {
    return new WatchEnumerator(context, config, null, System::nanoTime);
  }

  @Override
  public SplitEnumerator<FileSplit, WatchState> restoreEnumerator(
      SplitEnumeratorContext<FileSplit> context, WatchState state) {
    return new WatchEnumerator(context, config, state, System::nanoTime);
  }

  @Override
  public SourceReader<Item, FileSplit> createReader(SourceReaderContext context) {
    return new PagedSourceReader<>(new FileConnector(config).reader(), context);
  }

  @Override
  public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
    return new FileSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<WatchState> getEnumeratorCheckpointSerializer() {
    return new WatchStateSerializer();
  }

  @Override
  public TypeInformation<Item> getProducedType() {
    return ItemTypeInfo.INSTANCE;
  }
}
