package io.dynaload.sink;

import io.dynaload.capacity.Lease;
import java.util.List;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;

/**
 * A lease on its way to a subtask. Flink reads the answer to a request without the job's class
 * loader, so it has to be a class of Flink's own; this one has a text and a number to carry it in.
 */
final class LeaseEnvelope {
  private LeaseEnvelope() {}

  static CoordinationResponse of(Lease lease) {
    return new CollectCoordinationResponse(
        Double.toString(lease.limit()), Double.doubleToLongBits(lease.units()), List.of());
  }

  static Lease open(CoordinationResponse response) {
    CollectCoordinationResponse envelope = (CollectCoordinationResponse) response;
    return new Lease(
        Double.longBitsToDouble(envelope.getLastCheckpointedOffset()),
        Double.parseDouble(envelope.getVersion()));
  }
}
