package io.dynaload.sink;

import io.dynaload.capacity.LeaseRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;

/** A request on its way to the {@link CapacityCoordinator}. */
record CapacityRequest(LeaseRequest request) implements CoordinationRequest {
  private static final long serialVersionUID = 1L;
}
