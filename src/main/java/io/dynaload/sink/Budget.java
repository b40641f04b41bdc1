package io.dynaload.sink;

/** Write capacity that a writer may use. Used by the task thread only. */
interface Budget {
  /**
   * Takes the units if any are left; the last taker may take more than there are, so that an item
   * of any size can be written, and those after it wait the longer.
   *
   * @param whenMore run once in the task thread, when it is worth asking again; only if refused
   * @return whether the units were taken
   */
  boolean tryTake(long units, Runnable whenMore);
}
