package io.dynaload.source.bounded;

import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A Flink source over a connector whose data can be cut into splits beforehand: parallel,
 * checkpointed at the last emitted item of every split, ending once all splits are read. Each item
 * is emitted once a run; after a restore reading goes on behind the items of the checkpoint.
 *
 * @param <SplitT> the connector's split
 */
public final class BoundedSource<SplitT extends SourceSplit>
    implements Source<Item, SplitT, EnumeratorState<SplitT>>, ResultTypeQueryable<Item> {
  private static final long serialVersionUID = 1L;

  private final BoundedConnector<SplitT> connector;

  public BoundedSource(BoundedConnector<SplitT> connector) {
    this.connector = connector;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<SplitT, EnumeratorState<SplitT>> createEnumerator(
      SplitEnumeratorContext<SplitT> context) {
    return new StaticEnumerator<>(context, connector);
  }

  @Override
  public SplitEnumerator<SplitT, EnumeratorState<SplitT>> restoreEnumerator(
      SplitEnumeratorContext<SplitT> context, EnumeratorState<SplitT> state) {
    return new StaticEnumerator<>(context, connector, state);
  }

  @Override
  public SourceReader<Item, SplitT> createReader(SourceReaderContext context) {
    if (!(connector instanceof LeasingConnector<SplitT> leasing)) {
      return new PagedSourceReader<>(connector.reader(), context);
    }
    EventLeases leases = new EventLeases(context);
    PageReader<SplitT> reader =
        leasing.reader(
            new LeasingConnector.Place(
                context.getIndexOfSubtask(), context.currentParallelism(), leases));
    return new PagedSourceReader<>(reader, leases::handle, context);
  }

  @Override
  public SimpleVersionedSerializer<SplitT> getSplitSerializer() {
    return connector.splitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<EnumeratorState<SplitT>> getEnumeratorCheckpointSerializer() {
    return new EnumeratorStateSerializer<>(connector.splitSerializer());
  }

  @Override
  public TypeInformation<Item> getProducedType() {
    return ItemTypeInfo.INSTANCE;
  }
}
