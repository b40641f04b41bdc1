package io.dynaload.sink;

import io.dynaload.capacity.VirtualTime;
import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import io.dynaload.wire.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A table on a clock of the test's own that has a capacity, as DynamoDB enforces it: units come in
 * at a rate, a second's worth can be saved up, and what there is no capacity for is left
 * unprocessed, or refused if that is all of a call. Meters what it was asked for.
 */
final class MeteredTable implements BatchService {
  private static final long SECOND = 1_000_000_000L;

  private final VirtualTime time;
  private final long latency;

  /** Units that an item costs for each that its size says. */
  private final double cost;

  private double capacity;
  private double available;
  private long filledAt;
  private final Map<Long, Double> consumedBySecond = new TreeMap<>();
  private double taken;
  private double refused;

  /**
   * @param capacity units a second
   */
  MeteredTable(VirtualTime time, double capacity, double cost, long latency) {
    this.time = time;
    this.capacity = capacity;
    this.available = capacity;
    this.cost = cost;
    this.latency = latency;
  }

  void capacity(double units) {
    fill();
    capacity = units;
    available = Math.min(available, capacity);
  }

  /** Units consumed in whole seconds, a second on average. */
  double consumed(long fromSecond, long toSecond) {
    double sum = 0;
    for (long second = fromSecond; second < toSecond; second++) {
      sum += consumedIn(second);
    }
    return sum / (toSecond - fromSecond);
  }

  double consumedIn(long second) {
    return consumedBySecond.getOrDefault(second, 0.0);
  }

  /** Units that there was no capacity for, of all that it was asked for. */
  double throttledShare() {
    return refused / (taken + refused);
  }

  @Override
  public void call(List<Item> items, Consumer<Answer> whenAnswered) {
    time.schedule(latency / 2, () -> arrive(items, whenAnswered));
  }

  @Override
  public void close() {}

  private void arrive(List<Item> items, Consumer<Answer> whenAnswered) {
    fill();
    Set<CanonicalKey> unprocessed = new HashSet<>();
    double units = 0;
    for (Item item : items) {
      double needed = item.writeUnits() * cost;
      if (available > 0) {
        available -= needed;
        units += needed;
      } else {
        unprocessed.add(TestItems.keyOf(item));
        refused += needed;
      }
    }
    taken += units;
    consumedBySecond.merge(time.nanoTime() / SECOND, units, Double::sum);
    Answer answer =
        unprocessed.size() == items.size()
            ? new Answer.Failed(Failure.answered(400, "ProvisionedThroughputExceededException", ""))
            : new Answer.Taken(units, unprocessed);
    time.schedule(latency / 2, () -> whenAnswered.accept(answer));
  }

  private void fill() {
    double passed = (double) (time.nanoTime() - filledAt) / SECOND;
    available = Math.min(capacity, available + passed * capacity);
    filledAt = time.nanoTime();
  }
}
