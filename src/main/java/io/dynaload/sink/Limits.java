package io.dynaload.sink;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How much a writer holds and sends at once. What is a matter of time follows the job's rate, which
 * may change at any moment.
 */
final class Limits {
  /** The most that BatchWriteItem takes (API reference, BatchWriteItem). */
  static final int BATCH_ITEMS = 25;

  /** Of the 16 MB that a call may have, with room for what stands around the items. */
  static final long BATCH_BYTES = (16L << 20) - 4096;

  private static final long BUFFERED_BYTES = 32L << 20;

  /** What waits must be gone soon when a checkpoint asks for it of all writers at once. */
  private static final double BUFFERED_SECONDS = 0.5;

  private static final int PARKED_ITEMS = 10_000;

  /**
   * A partition takes 1,000 write units a second (developer guide, "Partitions and data
   * distribution").
   */
  private static final long PARTITION_NANOS_A_UNIT = TimeUnit.MILLISECONDS.toNanos(1);

  /** So that calls come evenly, however small the rate is. */
  private static final double BATCH_SECONDS = 0.05;

  private final int inFlight;
  private final int writers;
  private final DoubleSupplier rate;
  private final boolean oneByOne;

  private Limits(int inFlight, int writers, DoubleSupplier rate, boolean oneByOne) {
    this.inFlight = inFlight;
    this.writers = writers;
    this.rate = rate;
    this.oneByOne = oneByOne;
  }

  /**
   * Limits of a job's only writer, at a rate that stays.
   *
   * @param rate write units a second
   */
  static Limits of(int inFlight, double rate) {
    return following(inFlight, 1, () -> rate);
  }

  /**
   * Limits of one of several writers.
   *
   * @param rate write units a second of all of them together, at this moment
   */
  static Limits following(int inFlight, int writers, DoubleSupplier rate) {
    return new Limits(inFlight, writers, rate, false);
  }

  /**
   * The same in a write mode. A condition stands in a call of one item, and only what is sent is
   * weighed against the table, so each version of a key is.
   */
  Limits in(WriteModeConfig mode) {
    return new Limits(inFlight, writers, rate, mode.isConditional());
  }

  /** Items in one call. */
  int batchItems() {
    return oneByOne ? 1 : BATCH_ITEMS;
  }

  /** Whether a version must be written even if a newer one waits already. */
  boolean everyVersion() {
    return oneByOne;
  }

  /** Calls at a time. */
  int inFlight() {
    return inFlight;
  }

  /** Items that may wait; one more fills it. */
  int bufferedItems() {
    return 2 * inFlight * BATCH_ITEMS;
  }

  /** Bytes of JSON that may wait. */
  long bufferedBytes() {
    return BUFFERED_BYTES;
  }

  /** How long a partition takes for so many write units of each writer, in nanoseconds. */
  long partitionNanos(long units) {
    return units * writers * PARTITION_NANOS_A_UNIT;
  }

  /**
   * Items that may wait for the end of their backoff: what one partition alone refuses is gone
   * within seconds, too.
   */
  int parkedItems() {
    return Math.max(2 * inFlight * BATCH_ITEMS, PARKED_ITEMS / writers);
  }

  /** Their JSON, in bytes. */
  long parkedBytes() {
    return BUFFERED_BYTES;
  }

  /** Write units that may wait. */
  double bufferedUnits() {
    return rate.getAsDouble() / writers * BUFFERED_SECONDS;
  }

  /**
   * Write units in one call, unless a single item costs more. Any writer may be the only one that
   * is busy, so this is no share.
   */
  double batchUnits() {
    return rate.getAsDouble() * BATCH_SECONDS;
  }
}
