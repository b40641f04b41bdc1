package io.dynaload.sink;

import io.dynaload.capacity.CapacityLimit;
import io.dynaload.capacity.CapacityWatch;
import io.dynaload.capacity.CoordinatorThreads;
import io.dynaload.capacity.DividedLimit;
import io.dynaload.capacity.LeaseDesk;
import io.dynaload.metrics.JobFigures;
import io.dynaload.metrics.MetricNames;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * Hands the job's write units out to the sink's subtasks, and follows the capacity of the table and
 * of the file. There is one for a job, on the JobManager; it has no state to keep: after a restart
 * it begins with an empty budget, so that no burst follows.
 *
 * <p>Flink calls it in the JobManager's main thread, which it never holds up: requests are answered
 * later, from {@link CoordinatorThreads}.
 */
final class CapacityCoordinator implements OperatorCoordinator, CoordinationRequestHandler {
  private final Context context;
  private final DynamoDbSinkConfig config;

  private @Nullable CoordinatorThreads threads;
  private @Nullable LeaseDesk desk;
  private @Nullable DividedLimit limit;
  private @Nullable JobFigures figures;

  CapacityCoordinator(Context context, DynamoDbSinkConfig config) {
    this.context = context;
    this.config = config;
  }

  /** Makes it on the JobManager. */
  record Provider(OperatorID id, DynamoDbSinkConfig config)
      implements OperatorCoordinator.Provider {
    private static final long serialVersionUID = 1L;

    @Override
    public OperatorID getOperatorId() {
      return id;
    }

    @Override
    public OperatorCoordinator create(Context context) {
      return new CapacityCoordinator(context, config);
    }
  }

  @Override
  public void start() {
    CoordinatorThreads started =
        new CoordinatorThreads(
            "write-capacity", context.getUserCodeClassloader(), context::failJob);
    threads = started;
    LeaseDesk opened = new LeaseDesk(new CapacityLimit(), started);
    desk = opened;
    figures = show(opened, context.metricGroup().addGroup(MetricNames.GROUP));
    DividedLimit joined = DividedLimit.join(config.capacity().share(), opened::observe);
    limit = joined;
    new CapacityWatch(SinkCapacity.probe(config), config.capacity().refresh(), joined, started)
        .start();
  }

  private static JobFigures show(LeaseDesk desk, MetricGroup group) {
    group.gauge(MetricNames.WRITE_LIMIT, desk::limit);
    group.gauge(MetricNames.UNITS_GRANTED, desk::granted);
    group.gauge(MetricNames.JOB_REJECTED, () -> desk.items().rejected());
    group.gauge(MetricNames.JOB_SEEN, () -> desk.items().seen());
    return JobFigures.publish(
        group,
        Map.of(
            MetricNames.WRITE_LIMIT,
            desk::limit,
            MetricNames.JOB_REJECTED,
            () -> desk.items().rejected(),
            MetricNames.JOB_SEEN,
            () -> desk.items().seen()));
  }

  @Override
  public CompletableFuture<CoordinationResponse> handleCoordinationRequest(
      CoordinationRequest request) {
    return desk().ask(((CapacityRequest) request).request()).thenApply(LeaseEnvelope::of);
  }

  @Override
  public void resetToCheckpoint(long checkpointId, byte @Nullable [] checkpointData) {
    if (desk != null) { // Before the start there is nothing to forget.
      desk.restart();
    }
  }

  @Override
  public void subtaskReset(int subtask, long checkpointId) {
    desk().forget(subtask);
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
    desk().forget(subtask);
  }

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
    // It asks when it needs something.
  }

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    throw new IllegalArgumentException("No event is known: " + event);
  }

  @Override
  public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> result) {
    result.complete(new byte[0]);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    // Nothing of it is in a checkpoint.
  }

  @Override
  public void close() {
    if (figures != null) {
      figures.close();
    }
    if (limit != null) {
      limit.close();
    }
    if (threads != null) {
      threads.close();
    }
    if (desk != null) {
      desk.restart();
    }
  }

  private LeaseDesk desk() {
    if (desk == null) {
      throw new IllegalStateException("Not started");
    }
    return desk;
  }
}
