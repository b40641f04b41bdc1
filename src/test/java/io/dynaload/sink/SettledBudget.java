package io.dynaload.sink;

import io.dynaload.capacity.Budget;

/** A budget that keeps account of what was taken from it and how that was settled. */
final class SettledBudget implements Budget {
  private final Budget budget;
  private long outstanding;
  private double settled;
  private long unsettled;
  private long refused;

  SettledBudget(Budget budget) {
    this.budget = budget;
  }

  /** Units that were taken and not settled. */
  long outstanding() {
    return outstanding;
  }

  /** Units that calls have cost. */
  double settled() {
    return settled;
  }

  /** Units that the service refused. */
  long refused() {
    return refused;
  }

  @Override
  public double limit() {
    return budget.limit();
  }

  @Override
  public boolean tryTake(long units, Runnable whenMore) {
    boolean taken = budget.tryTake(units, whenMore);
    outstanding += taken ? units : 0;
    return taken;
  }

  @Override
  public void settle(long taken, double consumed) {
    budget.settle(taken, consumed);
    outstanding -= taken;
    settled += consumed;
  }

  /** Units of calls whose cost is not known. */
  long unsettled() {
    return unsettled;
  }

  @Override
  public void unsettled(long taken) {
    budget.unsettled(taken);
    outstanding -= taken;
    unsettled += taken;
  }

  @Override
  public void throttled(long units) {
    budget.throttled(units);
    refused += units;
  }
}
