package io.dynaload.source.bounded;

import io.dynaload.capacity.Alarm;
import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.CapacityLimit;
import io.dynaload.capacity.CapacityWatch;
import io.dynaload.capacity.Lease;
import io.dynaload.capacity.LeaseDesk;
import io.dynaload.capacity.LeaseRequest;
import io.dynaload.capacity.TableCapacity;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The desks of a job's budgets. A share of what a table has, and what is found by trying, is of
 * each budget by itself. A number of units is of all of them together: while one is asked for, they
 * are served at one desk. Which of the two it is may change at any time. Thread-safe.
 */
final class JointDesks {
  private final Alarm alarm;
  private final LeaseDesk joint;
  private final Map<String, Served> budgets = new ConcurrentHashMap<>();

  JointDesks(Alarm alarm) {
    this.alarm = alarm;
    this.joint = new LeaseDesk(new CapacityLimit(), alarm);
  }

  /** Where a budget is served at the moment. */
  private final class Served implements CapacityWatch.Listener {
    private final LeaseDesk own = new LeaseDesk(new CapacityLimit(), alarm);
    private volatile LeaseDesk now = own;

    @Override
    public void observe(AskedCapacity asked, TableCapacity table) {
      LeaseDesk desk = asked instanceof AskedCapacity.Units ? joint : own;
      desk.observe(asked, table);
      now = desk;
    }
  }

  /** Opens a budget, which has nothing to give until its listener has been told of what. */
  CapacityWatch.Listener open(String name) {
    Served served = new Served();
    budgets.put(name, served);
    return served;
  }

  CompletableFuture<Lease> ask(String name, LeaseRequest request) {
    Served served = budgets.get(name);
    if (served == null) {
      throw new IllegalArgumentException("No budget has the name " + name);
    }
    return served.now.ask(request);
  }

  /** The reader has failed, or begins anew. */
  void forget(int subtask) {
    all().forEach(desk -> desk.forget(subtask));
  }

  /** Units a second that are in force. */
  double limit() {
    return budgets.values().stream()
        .map(served -> served.now)
        .distinct()
        .mapToDouble(LeaseDesk::limit)
        .sum();
  }

  /** Units that were leased and not returned. */
  double granted() {
    return all().mapToDouble(LeaseDesk::granted).sum();
  }

  private Stream<LeaseDesk> all() {
    return Stream.concat(Stream.of(joint), budgets.values().stream().map(served -> served.own));
  }
}
