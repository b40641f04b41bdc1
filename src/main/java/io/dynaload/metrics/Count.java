package io.dynaload.metrics;

/**
 * Everything that a run counts. The ids stand in checkpoints: never reuse or renumber one.
 *
 * <p>The first eight stand in the ledger's equation: {@code read + fannedOut = written + deleted +
 * filtered + superseded + skipped + rejected}.
 */
public enum Count {
  /** Items that the source gave. */
  READ(1, "read"),
  /** Items that a split step added. */
  FANNED_OUT(2, "fannedOut"),
  /** Items put. */
  WRITTEN(3, "written"),
  /** Items deleted. */
  DELETED(4, "deleted"),
  /** Items that a transform dropped. */
  FILTERED(5, "filtered"),
  /** Older versions of a key, replaced by a newer one that was written before they were. */
  SUPERSEDED(6, "superseded"),
  /** Items left alone by a conditional write mode. */
  SKIPPED(7, "skipped"),
  /** Items in the dead letters. */
  REJECTED(8, "rejected"),
  /** Items sent once more after a failed or partly processed call. */
  RETRIED(9, "retried"),
  /** Items that the service refused for want of capacity; each was sent again. */
  THROTTLED(10, "throttled"),
  /** Write units that the service says it took. */
  WRITE_UNITS(11, "writeUnits"),
  /** Bytes written, by DynamoDB's rules for the size of an item. */
  BYTES(12, "bytes");

  private final int id;
  private final String key;

  Count(int id, String key) {
    this.id = id;
    this.key = key;
  }

  int id() {
    return id;
  }

  /** The name in the report, in metrics and in accumulators. */
  public String key() {
    return key;
  }
}
