package io.dynaload.source.bounded;

import io.dynaload.capacity.Lease;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The answer to a {@link LeaseQuestion}.
 *
 * @param number of the question
 */
record LeaseAnswer(long number, double units, double limit) implements SourceEvent {
  private static final long serialVersionUID = 1L;

  static LeaseAnswer of(long number, Lease lease) {
    return new LeaseAnswer(number, lease.units(), lease.limit());
  }

  Lease lease() {
    return new Lease(units, limit);
  }
}
