package io.dynaload.faulty;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a table, or an index, can write: a bucket for the whole of it and one for each partition. A
 * write needs room in both. Not thread-safe.
 *
 * <p>DynamoDB keeps up to 300 seconds of what a table did not use, and gives a partition at most
 * 1,000 write units a second (developer guide, "Burst and adaptive capacity", "Designing partition
 * keys").
 */
public final class ModelCapacity {
  /** Write units a second of one partition. */
  public static final double PARTITION_RATE = 1000;

  private final Bucket whole;
  private final List<Bucket> partitions = new ArrayList<>();
  private double consumed;
  private double refused;

  ModelCapacity(TableSpec spec, double rate, LongSupplier nanoTime) {
    this.whole = new Bucket(rate, spec.burstSeconds(), nanoTime);
    for (int i = 0; i < spec.partitions(); i++) {
      partitions.add(new Bucket(spec.partitionRate(), spec.burstSeconds(), nanoTime));
    }
  }

  /** Whether a write to the partition of this key would be admitted now. */
  boolean hasRoom(ModelKey key) {
    return whole.hasAny() && bucketOf(key).hasAny();
  }

  void take(ModelKey key, double units) {
    whole.take(units);
    bucketOf(key).take(units);
    consumed += units;
  }

  /** Counts units that were refused for want of capacity. */
  void refuse(double units) {
    refused += units;
  }

  private Bucket bucketOf(ModelKey key) {
    return partitions.get(key.partitionOf(partitions.size()));
  }

  /** Changes what the whole can write, in units a second. */
  public void rate(double unitsPerSecond) {
    whole.rate(unitsPerSecond);
  }

  /** Write units a second; infinite for no limit. */
  public double rate() {
    return whole.rate();
  }

  /** Units that were written since the start. */
  public double consumed() {
    return consumed;
  }

  /** Units that were refused since the start, as often as they were sent. */
  public double refused() {
    return refused;
  }
}
