package io.dynaload.sink;

import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeaseRequest.Tally;
import io.dynaload.capacity.LeasedBudget;
import io.dynaload.capacity.Leases;
import io.dynaload.deadletter.DeadLetterWriter;
import io.dynaload.deadletter.RunLetters;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.metrics.RejectedByCode;
import io.dynaload.wire.Backoff;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.flink.api.common.TaskInfo;
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
 * items that follow it are written once more, with the same outcome. What cannot be written goes to
 * the dead letters, which stand in files before the checkpoint, too.
 *
 * <p>While the target is slower than the source it waits in {@link #processElement} and so holds
 * the source back; checkpoints go on meanwhile.
 */
final class SinkOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Item, Void>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<byte[]> COUNTS =
      new ListStateDescriptor<>("counts", BytePrimitiveArraySerializer.INSTANCE);

  private static final ListStateDescriptor<byte[]> REJECTED_BY_CODE =
      new ListStateDescriptor<>("rejected-by-code", BytePrimitiveArraySerializer.INSTANCE);

  /** What becomes of the items that reach the sink. */
  private static final List<Count> OUTCOMES =
      List.of(Count.WRITTEN, Count.DELETED, Count.SUPERSEDED, Count.SKIPPED, Count.REJECTED);

  private final transient DynamoDbSinkConfig config;
  private final transient KeySchema keys;
  private final transient RunLetters letters;
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
          Count.SKIPPED,
          Count.REJECTED,
          Count.RETRIED,
          Count.THROTTLED,
          Count.WRITE_UNITS,
          Count.BYTES);
  private final transient RejectedByCode rejectedByCode = new RejectedByCode();
  private final transient TargetErrors errors;

  private transient @Nullable ListState<byte[]> countsState;
  private transient @Nullable ListState<byte[]> rejectedState;
  private transient @Nullable RejectedItems rejects;
  private transient @Nullable BatchService service;
  private transient @Nullable LeasedBudget budget;
  private transient @Nullable BatchWriter writer;

  SinkOperator(
      StreamOperatorParameters<Void> parameters,
      DynamoDbSinkConfig config,
      KeySchema keys,
      RunLetters letters,
      MailboxExecutor mailbox) {
    this.config = config;
    this.keys = keys;
    this.letters = letters;
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
    rejectedState = context.getOperatorStateStore().getListState(REJECTED_BY_CODE);
    for (byte[] restored : rejectedState.get()) {
      rejectedByCode.add(restored);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    counts.register(getRuntimeContext());
    rejectedByCode.register(getRuntimeContext());
    TaskInfo task = getRuntimeContext().getTaskInfo();
    rejects =
        new RejectedItems(
            new DeadLetterWriter(
                letters,
                task.getIndexOfThisSubtask(),
                task.getAttemptNumber(),
                InstantSource.system()),
            counts,
            rejectedByCode);
    TaskThread thread = new OperatorThread(mailbox, timers);
    int writers = task.getNumberOfParallelSubtasks();
    LeasedBudget leased = lease(task, thread);
    budget = leased;
    service = HttpBatchServices.open(config, keys);
    writer =
        new BatchWriter(
            Limits.following(config.writing().maxInFlight(), writers, leased::limit)
                .in(config.writing().mode()),
            new BatchWriter.Calls(
                service,
                leased,
                new Backoff(new SplittableRandom()),
                new Outages(config.writing().giveUpAfter(), errors, thread, LOG::warn),
                rejects),
            thread,
            counts);
    writer.metrics().register(getMetricGroup(), leased::limit);
  }

  private LeasedBudget lease(TaskInfo task, TaskThread thread) {
    Asker asker = new Asker(task.getIndexOfThisSubtask(), task.getAttemptNumber());
    Leases leases =
        new CoordinatorLeases(
            getContainingTask().getEnvironment().getOperatorCoordinatorEventGateway(),
            getOperatorID());
    return new LeasedBudget(
        new LeasedBudget.Place(asker, task.getNumberOfParallelSubtasks()),
        leases,
        () -> tally(counts),
        thread);
  }

  static Tally tally(Counts counts) {
    long settled = 0;
    for (Count outcome : OUTCOMES) {
      settled += counts.get(outcome);
    }
    return new Tally(counts.get(Count.REJECTED), settled);
  }

  @Override
  public void processElement(StreamRecord<Item> element) throws Exception {
    Item item = element.getValue();
    if (item.isRejected()) {
      rejects().take(item);
      return;
    }
    CanonicalKey key;
    try {
      key = keys.keyOf(item);
    } catch (InvalidItemException e) {
      rejects().reject(item, e.reason().name(), e.problem());
      return;
    }
    writer().write(key, item);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    writer().drain();
    rejects().flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Objects.requireNonNull(countsState).update(List.of(counts.toBytes()));
    Objects.requireNonNull(rejectedState).update(List.of(rejectedByCode.toBytes()));
  }

  @Override
  public void endInput() throws Exception {
    writer().drain();
    rejects().flush();
    Objects.requireNonNull(budget).close();
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
    if (rejects != null) {
      rejects.close();
    }
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

  private RejectedItems rejects() {
    if (rejects == null) {
      throw new IllegalStateException("Not open");
    }
    return rejects;
  }
}
