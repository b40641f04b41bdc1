package io.dynaload.source.bounded;

import io.dynaload.capacity.LeaseRequest;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader asks for units of a budget.
 *
 * @param number that the answer carries, too
 * @param budget its name
 */
record LeaseQuestion(long number, String budget, LeaseRequest request) implements SourceEvent {
  private static final long serialVersionUID = 1L;
}
