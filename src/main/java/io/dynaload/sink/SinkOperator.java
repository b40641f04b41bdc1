package io.dynaload.sink;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import java.util.SplittableRandom;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * Writes items to a table. Delivery is at least once: all that came before a checkpoint's barrier
 * is written before the checkpoint, so its state holds counts and no items, and after a restore the
 * items that follow it are written once more, with the same outcome.
 *
 * <p>While the target is slower than the source it waits in {@link #processElement} and so holds
 * the source back; checkpoints go on meanwhile.
 */
final class SinkOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Item, Void>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<byte[]> COUNTS =
      new ListStateDescriptor<>("counts", BytePrimitiveArraySerializer.INSTANCE);

  private final transient DynamoDbSinkConfig config;
  private final transient KeySchema keys;
  private final transient MailboxExecutor mailbox;

  /**
   * Not those that Flink gives every operator: it stops these when the data ends, and of a job that
   * is stopped with a savepoint the data ends before the barrier, for which there is still to be
   * written.
   */
  private final transient ProcessingTimeService timers;

  private final transient Counts counts =
      new Counts(
          Count.WRITTEN,
          Count.DELETED,
          Count.SUPERSEDED,
          Count.RETRIED,
          Count.THROTTLED,
          Count.WRITE_UNITS,
          Count.BYTES);
  private final transient TargetErrors errors;

  private transient @Nullable ListState<byte[]> countsState;
  private transient @Nullable BatchService service;
  private transient @Nullable BatchWriter writer;

  SinkOperator(
      StreamOperatorParameters<Void> parameters,
      DynamoDbSinkConfig config,
      KeySchema keys,
      MailboxExecutor mailbox) {
    this.config = config;
    this.keys = keys;
    this.mailbox = mailbox;
    this.errors = new TargetErrors(config);
    this.timers =
        parameters
            .getContainingTask()
            .getProcessingTimeServiceFactory()
            .createProcessingTimeService(mailbox);
    this.processingTimeService = parameters.getProcessingTimeService();
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    countsState = context.getOperatorStateStore().getListState(COUNTS);
    for (byte[] restored : countsState.get()) {
      counts.add(restored);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    counts.register(getRuntimeContext());
    TaskThread thread = new OperatorThread(mailbox, timers);
    double rate =
        (double) config.capacity().writeCapacity()
            / getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    service = HttpBatchServices.open(config, keys);
    writer =
        new BatchWriter(
            Limits.of(config.writing().maxInFlight(), rate),
            new BatchWriter.Calls(
                service,
                new TokenBucket(rate, thread),
                new Backoff(new SplittableRandom()),
                errors,
                this::reject),
            thread,
            counts);
  }

  @Override
  public void processElement(StreamRecord<Item> element) throws Exception {
    Item item = element.getValue();
    try {
      writer().write(keys.keyOf(item), item);
    } catch (InvalidItemException e) {
      reject(item, e.reason().name(), e.problem());
    }
  }

  private void reject(Item item, String code, String reason) {
    throw errors.rejected(item, reason);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    writer().drain();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (countsState == null) {
      throw new IllegalStateException("Not initialized");
    }
    countsState.clear();
    countsState.add(counts.toBytes());
  }

  @Override
  public void endInput() throws Exception {
    writer().drain();
  }

  @Override
  public void finish() throws Exception {
    if (!writer().isEmpty()) {
      throw new IllegalStateException("Items are left after the end of the input");
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (service != null) {
      service.close();
    }
    super.close();
  }

  private BatchWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("Not open");
    }
    return writer;
  }
}
