package io.dynaload.rebalance;

import io.dynaload.item.Item;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Spreads the items round robin over the subtasks of the next stage, so that neither a slow split
 * nor a source with few splits leaves a writer idle. For sources whose keys are unique: where the
 * order of a source's items matters, they have to be spread by key instead.
 */
public final class Rebalance {
  private Rebalance() {}

  public static DataStream<Item> apply(DataStream<Item> items) {
    return items.rebalance();
  }
}
