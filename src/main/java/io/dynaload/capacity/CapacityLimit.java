package io.dynaload.capacity;

import io.dynaload.capacity.AskedCapacity.Adaptive;
import io.dynaload.capacity.AskedCapacity.Percent;
import io.dynaload.capacity.AskedCapacity.Units;
import org.jspecify.annotations.Nullable;

/**
 * The units a second that are in force: those that were asked for, a share of the table's, or what
 * trying has found. Not thread-safe.
 */
public final class CapacityLimit {
  private double unitsASecond;
  private @Nullable Ceiling ceiling;
  private boolean changed;

  /** Before anything was observed: 0. */
  public CapacityLimit() {}

  public CapacityLimit(AskedCapacity asked, TableCapacity table) {
    observe(asked, table);
  }

  public double unitsASecond() {
    return unitsASecond;
  }

  /**
   * What was asked for, and the table, are these now. A ceiling that was found stays while it is
   * asked for one.
   */
  public void observe(AskedCapacity asked, TableCapacity table) {
    AskedCapacity form = resolved(asked, table);
    if (form instanceof Adaptive) {
      if (ceiling == null) {
        ceiling = new Ceiling(table.warmUnits());
      }
      set(ceiling.unitsASecond());
    } else {
      ceiling = null;
      set(form instanceof Percent percent ? percent.of(table.units()) : ((Units) form).units());
    }
  }

  /** Whether what is asked for follows what the table has. */
  public static boolean isShareOf(AskedCapacity asked, TableCapacity table) {
    return resolved(asked, table) instanceof Percent;
  }

  /** What is asked for by somebody who asks for nothing. */
  static AskedCapacity resolved(AskedCapacity asked, TableCapacity table) {
    if (asked instanceof AskedCapacity.InFile file) {
      throw new IllegalArgumentException("Not read: " + file);
    }
    if (asked instanceof AskedCapacity.ByTable) {
      return table.isOnDemand() ? new Adaptive() : AskedCapacity.DEFAULT_PERCENT;
    }
    return asked;
  }

  /** Whether the limit is found by trying. */
  boolean isFound() {
    return ceiling != null;
  }

  /** Units were leased, or, below 0, came back. */
  void granted(double units) {
    if (ceiling != null) {
      ceiling.granted(units);
    }
  }

  /** The service refused units for want of capacity. */
  void throttled(double units) {
    if (ceiling != null) {
      ceiling.throttled(units);
    }
  }

  /** Takes account of the time; whether the limit is another than at the last call. */
  boolean advance(long now) {
    if (ceiling != null) {
      ceiling.advance(now);
      set(ceiling.unitsASecond());
    }
    boolean was = changed;
    changed = false;
    return was;
  }

  private void set(double units) {
    changed |= units != unitsASecond;
    unitsASecond = units;
  }
}
