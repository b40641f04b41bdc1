package io.dynaload.deadletter;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where the letters of one run are written, and what their ids begin with. A part of the job graph.
 *
 * @param folder as Flink writes a path: with a scheme
 * @param firstRun the run that the import began with, of which this one may be a resumption; empty
 *     for a replay, whose items' origins are the ids already
 */
public record RunLetters(String folder, String firstRun) implements Serializable {
  private static final long serialVersionUID = 1L;

  DeadLetter letter(Item rejected, Instant now) {
    Origin origin = rejected.origin();
    return new DeadLetter(
        firstRun.isEmpty() ? origin.toString() : firstRun + "/" + origin,
        rejected,
        now.truncatedTo(ChronoUnit.MILLIS));
  }
}
