package io.dynaload.faulty;

import io.dynaload.item.KeySchema;
import java.util.List;

/**
 * What a table is made with.
 *
 * @param writeUnits it can write a second; infinite for no limit
 * @param provisioned whether these are provisioned; else it is on demand, and they are its warm
 *     throughput
 * @param partitions of the table and of each index; the partition key's hash decides
 * @param partitionRate write units a second of one partition; infinite for no limit
 * @param burstSeconds for how many seconds what is not used is kept
 */
public record TableSpec(
    KeySchema keys,
    List<IndexSpec> indexes,
    double writeUnits,
    boolean provisioned,
    int partitions,
    double partitionRate,
    double burstSeconds) {
  /** Of a table as DynamoDB makes it. */
  private static final double BURST_SECONDS = 300;

  private static final int PARTITIONS = 4;

  /**
   * A global secondary index with a capacity of its own.
   *
   * @param keysOnly whether only the keys are projected; else all attributes are
   * @param writeUnits it can write a second; infinite for no limit
   */
  public record IndexSpec(String name, KeySchema keys, boolean keysOnly, double writeUnits) {}

  /** Nothing is refused for want of capacity. */
  public static TableSpec unlimited(KeySchema keys) {
    return new TableSpec(
        keys, List.of(), Double.POSITIVE_INFINITY, false, 1, Double.POSITIVE_INFINITY, 1);
  }

  public static TableSpec onDemand(KeySchema keys, double warmUnits) {
    return new TableSpec(
        keys, List.of(), warmUnits, false, PARTITIONS, ModelCapacity.PARTITION_RATE, BURST_SECONDS);
  }

  public static TableSpec provisioned(KeySchema keys, double writeUnits) {
    return new TableSpec(
        keys, List.of(), writeUnits, true, PARTITIONS, ModelCapacity.PARTITION_RATE, BURST_SECONDS);
  }

  public TableSpec with(IndexSpec... given) {
    return new TableSpec(
        keys, List.of(given), writeUnits, provisioned, partitions, partitionRate, burstSeconds);
  }

  public TableSpec partitioned(int count, double rate) {
    return new TableSpec(keys, indexes, writeUnits, provisioned, count, rate, burstSeconds);
  }

  /** With as little saved up as these seconds, what a writer may use shows at once. */
  public TableSpec saving(double seconds) {
    return new TableSpec(
        keys, indexes, writeUnits, provisioned, partitions, partitionRate, seconds);
  }
}
