package io.dynaload.capacity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes on a job's part of what is asked for all jobs that share a limit. A number of units and a
 * percentage are divided; a limit that is found by trying is each job's own, and only what it
 * starts with is divided. Thread-safe.
 */
public final class DividedLimit implements CapacityWatch.Listener, AutoCloseable {
  private final SharedLimit.@Nullable Share share;
  private final CapacityWatch.Listener to;

  private int parts = 1;
  private CapacityProbe.@Nullable Seen last;

  /**
   * Takes its part from now on, until it is closed.
   *
   * @param share of the limit, or null if it is the job's alone
   */
  public static DividedLimit join(SharedLimit.@Nullable Share share, CapacityWatch.Listener to) {
    DividedLimit joined = new DividedLimit(share, to);
    if (share != null) {
      SharedLimit.join(share, joined);
    }
    return joined;
  }

  private DividedLimit(SharedLimit.@Nullable Share share, CapacityWatch.Listener to) {
    this.share = share;
    this.to = to;
  }

  @Override
  public synchronized void observe(AskedCapacity asked, TableCapacity table) {
    last = new CapacityProbe.Seen(asked, table);
    pass(last);
  }

  synchronized void divideBy(int count) {
    parts = count;
    if (last != null) {
      pass(last);
    }
  }

  private void pass(CapacityProbe.Seen seen) {
    CapacityProbe.Seen part = parts == 1 ? seen : part(seen, parts);
    to.observe(part.asked(), part.table());
  }

  private static CapacityProbe.Seen part(CapacityProbe.Seen seen, int parts) {
    TableCapacity table = seen.table();
    AskedCapacity asked = CapacityLimit.resolved(seen.asked(), table);
    if (asked instanceof AskedCapacity.Units units) {
      long part = Math.max(1, units.units() / parts);
      return new CapacityProbe.Seen(new AskedCapacity.Units(part), table);
    }
    if (asked instanceof AskedCapacity.Percent percent) {
      BigDecimal part = percent.percent().divide(BigDecimal.valueOf(parts), 6, RoundingMode.DOWN);
      return new CapacityProbe.Seen(new AskedCapacity.Percent(part), table);
    }
    OptionalLong start = OptionalLong.of((long) (table.warmUnits() / parts));
    return new CapacityProbe.Seen(
        asked, new TableCapacity(table.provisioned(), start, table.most()));
  }

  @Override
  public void close() {
    if (share != null) {
      SharedLimit.leave(share, this);
    }
  }
}
