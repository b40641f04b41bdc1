package io.dynaload.transform;

import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The transform as Flink runs it. What it counts stands in its state, so that after a restart the
 * counts speak of the same items as the source's positions and the sink's counts do.
 */
final class TransformFunction extends RichFlatMapFunction<Item, Item>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final Transform transform;
  private final Transform.Context context;

  // Set before the first item, in initializeState and open.
  private transient @Nullable Counts counts;
  private transient @Nullable ListState<byte[]> state;
  private transient @Nullable Steps steps;

  TransformFunction(Transform transform, Transform.Context context) {
    this.transform = transform;
    this.context = context;
  }

  @Override
  public void initializeState(FunctionInitializationContext with) throws Exception {
    Counts restored = new Counts(Count.FILTERED, Count.FANNED_OUT);
    ListState<byte[]> counted =
        with.getOperatorStateStore()
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
  public void open(OpenContext with) {
    Objects.requireNonNull(counts).register(getRuntimeContext());
    steps = new Steps(transform, context);
  }

  @Override
  public void flatMap(Item item, Collector<Item> out) {
    Steps ready = Objects.requireNonNull(steps);
    Item single = ready.single(item);
    if (single != null) {
      out.collect(single);
      return;
    }
    ready.results().forEach(out::collect);
    Counts counted = Objects.requireNonNull(counts);
    counted.add(Count.FILTERED, ready.filtered());
    counted.add(Count.FANNED_OUT, ready.fannedOut());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext with) throws Exception {
    Objects.requireNonNull(state).update(List.of(Objects.requireNonNull(counts).toBytes()));
  }
}
