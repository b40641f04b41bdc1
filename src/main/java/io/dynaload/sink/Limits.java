package io.dynaload.sink;

/**
 * How much a writer holds and sends at once.
 *
 * @param inFlight calls at a time
 * @param bufferedItems items that may wait; one more fills it
 * @param bufferedBytes their JSON, in bytes
 * @param bufferedUnits their write units
 * @param batchUnits write units in one call, unless a single item costs more
 */
record Limits(
    int inFlight, int bufferedItems, long bufferedBytes, double bufferedUnits, double batchUnits) {
  /** The most that BatchWriteItem takes (API reference, BatchWriteItem). */
  static final int BATCH_ITEMS = 25;

  /** Of the 16 MB that a call may have, with room for what stands around the items. */
  static final long BATCH_BYTES = (16L << 20) - 4096;

  private static final long BUFFERED_BYTES = 32L << 20;

  /** What waits must be gone soon when a checkpoint asks for it. */
  private static final double BUFFERED_SECONDS = 0.5;

  /** So that calls come evenly, however small the rate is. */
  private static final double BATCH_SECONDS = 0.05;

  /**
   * Limits for a rate.
   *
   * @param rate write units a second
   */
  static Limits of(int inFlight, double rate) {
    return new Limits(
        inFlight,
        2 * inFlight * BATCH_ITEMS,
        BUFFERED_BYTES,
        rate * BUFFERED_SECONDS,
        rate * BATCH_SECONDS);
  }
}
