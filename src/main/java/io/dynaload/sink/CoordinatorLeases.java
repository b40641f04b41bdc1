package io.dynaload.sink;

import io.dynaload.capacity.Lease;
import io.dynaload.capacity.LeaseRequest;
import io.dynaload.capacity.Leases;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.util.SerializedValue;

/** Asks the operator's coordinator, on the JobManager. Thread-safe. */
final class CoordinatorLeases implements Leases {
  private final TaskOperatorEventGateway gateway;
  private final OperatorID operator;

  CoordinatorLeases(TaskOperatorEventGateway gateway, OperatorID operator) {
    this.gateway = gateway;
    this.operator = operator;
  }

  @Override
  public CompletableFuture<Lease> ask(LeaseRequest request) {
    try {
      return gateway
          .sendRequestToCoordinator(operator, new SerializedValue<>(new CapacityRequest(request)))
          .thenApply(LeaseEnvelope::open);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
