package io.dynaload.source.scan;

import io.dynaload.capacity.ActionThread;
import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeasedBudget;
import io.dynaload.source.bounded.LeasingConnector.Place;
import io.dynaload.wire.Backoff;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What reads the table at hand, kept from one split to the next as long as they are of the same
 * table, and its budget as long as it is the same. What is learned of a table's costs is kept for
 * its next splits. Lives in its {@link ActionThread} alone.
 */
final class TableScans {
  private final ScanConnector connector;
  private final Place place;
  private final ScanService service;
  private final ActionThread thread;

  private final Map<String, ReadCosts> costs = new HashMap<>();
  private String table = "";
  private @Nullable PacedScans scans;
  private String budgetName = "";
  private @Nullable LeasedBudget budget;

  TableScans(ScanConnector connector, Place place, ScanService service, ActionThread thread) {
    this.connector = connector;
    this.place = place;
    this.service = service;
    this.thread = thread;
  }

  PacedScans of(String name) {
    PacedScans kept = scans;
    if (kept != null && table.equals(name)) {
      return kept;
    }
    ScanConfig config = connector.config();
    PacedScans made =
        new PacedScans(
            service,
            budget(connector.budgetOf(name)),
            new Backoff(new SplittableRandom()),
            new Patience(
                new ScanErrors(config.aws(), "the table " + name), "table " + name, thread),
            costs.computeIfAbsent(name, this::costs),
            thread);
    scans = made;
    table = name;
    return made;
  }

  private ReadCosts costs(String name) {
    return new ReadCosts(
        connector.config().query().consistentRead(), connector.table(name).itemBytes());
  }

  private LeasedBudget budget(String name) {
    LeasedBudget kept = budget;
    if (kept != null && budgetName.equals(name)) {
      return kept;
    }
    close();
    LeasedBudget opened =
        LeasedBudget.asEstimated(
            new LeasedBudget.Place(new Asker(place.subtask(), 0), place.readers()),
            place.budgets().of(name),
            thread);
    budget = opened;
    budgetName = name;
    return opened;
  }

  /** Gives back what is left of the budget. */
  void close() {
    if (budget != null) {
      budget.close();
      budget = null;
    }
  }
}
