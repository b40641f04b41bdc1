package io.dynaload.sink;

import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.Budget;
import io.dynaload.capacity.CapacityLimit;
import io.dynaload.capacity.Lease;
import io.dynaload.capacity.LeaseDesk;
import io.dynaload.capacity.LeaseRequest;
import io.dynaload.capacity.LeaseRequest.Asker;
import io.dynaload.capacity.LeaseRequest.Tally;
import io.dynaload.capacity.LeasedBudget;
import io.dynaload.capacity.Leases;
import io.dynaload.capacity.TableCapacity;
import io.dynaload.capacity.VirtualTime;
import io.dynaload.item.Item;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Counts;
import io.dynaload.wire.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Writers, their budgets, the desk that they lease from and a table that meters, on one clock. */
final class PaceRun implements AutoCloseable {
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** From a subtask to the coordinator, and back. */
  private static final long RPC = 2 * MILLI;

  private static final long CALL = 10 * MILLI;

  /** What a subtask writes; may wait in its thread. Null ends it. */
  interface Load {
    @org.jspecify.annotations.Nullable
    Item next(TaskThread thread, long count) throws InterruptedException;
  }

  private final VirtualTime time = new VirtualTime();
  private final AskedCapacity asked;
  private final TableCapacity described;
  private LeaseDesk desk;
  private final MeteredTable table;
  private final int writers;
  private final List<Counts> counts = new ArrayList<>();
  private boolean unreachable;

  /**
   * @param capacity units a second that the table really takes
   * @param cost units that an item costs for each that its size says
   */
  PaceRun(double capacity, AskedCapacity asked, TableCapacity described, int writers, double cost) {
    this.table = new MeteredTable(time, capacity, cost, CALL);
    this.asked = asked;
    this.described = described;
    this.desk = new LeaseDesk(new CapacityLimit(asked, described), time);
    this.writers = writers;
  }

  static PaceRun at(int limit, int writers, double cost) {
    return new PaceRun(limit, new AskedCapacity.Units(limit), TableCapacity.UNKNOWN, writers, cost);
  }

  VirtualTime time() {
    return time;
  }

  MeteredTable table() {
    return table;
  }

  LeaseDesk desk() {
    return desk;
  }

  /** From now on nobody answers, or somebody does again. */
  void cut(boolean cut) {
    unreachable = cut;
  }

  /** Another coordinator is there, which learns the limit after so long and knows nobody. */
  void replaceDesk(long nanos) {
    LeaseDesk another = new LeaseDesk(new CapacityLimit(), time);
    desk = another;
    time.schedule(nanos, () -> another.observe(asked, described));
  }

  /** Starts the next writer. */
  void start(Load load) {
    int subtask = counts.size();
    Counts counted = new Counts(Count.values());
    counts.add(counted);
    time.start(
        thread -> {
          LeasedBudget budget =
              new LeasedBudget(
                  new LeasedBudget.Place(new Asker(subtask, 0), writers),
                  leases(),
                  () -> Tally.NONE,
                  thread);
          BatchWriter writer = writer(thread, budget, counted, subtask);
          long count = 0;
          for (Item item = load.next(thread, count);
              item != null;
              item = load.next(thread, ++count)) {
            writer.write(TestItems.keyOf(item), item);
          }
          writer.drain();
          budget.close();
        });
  }

  private BatchWriter writer(TaskThread thread, Budget budget, Counts counted, int subtask) {
    return new BatchWriter(
        Limits.following(8, writers, budget::limit),
        new BatchWriter.Calls(
            table,
            budget,
            new Backoff(new SplittableRandom(subtask)),
            new Outages(
                Duration.ofMinutes(15),
                new TargetErrors(TestConfig.of("readings", "http://127.0.0.1:1")),
                thread,
                line -> {}),
            (item, code, reason) -> {
              throw new AssertionError(item + ": " + reason);
            }),
        thread,
        counted);
  }

  private Leases leases() {
    return request -> {
      CompletableFuture<Lease> answer = new CompletableFuture<>();
      time.schedule(RPC, () -> arrive(request, answer));
      return answer;
    };
  }

  private void arrive(LeaseRequest request, CompletableFuture<Lease> answer) {
    if (unreachable) {
      return;
    }
    LeaseDesk askedDesk = desk;
    askedDesk
        .ask(request)
        .thenAccept(lease -> time.schedule(RPC, () -> deliver(askedDesk, lease, answer)));
  }

  private void deliver(LeaseDesk from, Lease lease, CompletableFuture<Lease> answer) {
    if (!unreachable && from == desk) {
      answer.complete(lease);
    }
  }

  long written() {
    return counts.stream().mapToLong(counted -> counted.get(Count.WRITTEN)).sum();
  }

  @Override
  public void close() {
    time.close();
  }
}
