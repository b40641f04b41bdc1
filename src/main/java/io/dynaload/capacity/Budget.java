package io.dynaload.capacity;

/** Capacity that a subtask may use. Used by its one thread only. */
public interface Budget {
  /** Units a second of the whole job, at this moment. */
  double limit();

  /**
   * Takes the units if any are left; the last taker may take more than there are, so that a call of
   * any size can be made, and those after it wait the longer.
   *
   * @param whenMore run once in that thread, when it is worth asking again; only if refused
   * @return whether the units were taken
   */
  boolean tryTake(long units, Runnable whenMore);

  /**
   * Puts right what was taken for a call, once its answer has told what it cost: units that it did
   * not use come back, and those that it used beyond them, for indexes, are taken now.
   */
  void settle(long taken, double consumed);

  /** Tells that it will never be known what a call cost: what was taken for it stays taken. */
  void unsettled(long taken);

  /**
   * Tells that the service refused units for want of capacity; a limit that is found by trying
   * gives way.
   */
  void throttled(long units);
}
