package io.dynaload.pipeline;

import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts the items that the source gives. Chained to the source, so that its count and the source's
 * positions stand in the same snapshot and speak of the same items.
 */
final class ReadCounter extends RichMapFunction<Item, Item> implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  // Set before the first item, in initializeState.
  private transient @Nullable Counts counts;
  private transient @Nullable ListState<byte[]> state;

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    Counts restored = new Counts(Count.READ);
    ListState<byte[]> counted =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "counts", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    for (byte[] entry : counted.get()) {
      restored.add(entry);
    }
    counts = restored;
    state = counted;
  }

  @Override
  public void open(OpenContext context) {
    Objects.requireNonNull(counts).register(getRuntimeContext());
  }

  @Override
  public Item map(Item item) {
    Objects.requireNonNull(counts).add(Count.READ, 1);
    return item;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    Objects.requireNonNull(state).update(List.of(Objects.requireNonNull(counts).toBytes()));
  }
}
