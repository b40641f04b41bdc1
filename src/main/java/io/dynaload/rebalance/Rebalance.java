package io.dynaload.rebalance;

import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Spreads the items over the subtasks of the next stage. */
public final class Rebalance {
  private Rebalance() {}

  /**
   * Round robin, so that neither a slow split nor a source with few splits leaves a writer idle.
   * For sources whose keys are unique: the order of two items is not kept.
   */
  public static DataStream<Item> apply(DataStream<Item> items) {
    return items.rebalance();
  }

  /**
   * By the key in the target: what one subtask gives for a key arrives in the same order at one
   * subtask of the next stage. For sources that give a key more than once.
   */
  public static DataStream<Item> byKey(DataStream<Item> items, KeySchema keys) {
    return items.keyBy(new KeyHash(keys), Types.LONG);
  }
}
