package io.dynaload.rebalance;

import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * How items get from one stage to the subtasks of the next. Whatever one subtask gives to one other
 * arrives there in its order; a route decides which items go to the same one. The text says so, and
 * equal texts mean the same route.
 */
public sealed interface Route {
  DataStream<Item> apply(DataStream<Item> items);

  /**
   * Round robin, so that neither a slow split nor a source with few splits leaves a subtask idle.
   * The order of two items is not kept.
   */
  record Evenly() implements Route {
    @Override
    public DataStream<Item> apply(DataStream<Item> items) {
      return items.rebalance();
    }

    @Override
    public String toString() {
      return "evenly";
    }
  }

  /** From a subtask to the one with the same number, in the same thread: all order is kept. */
  record Straight() implements Route {
    @Override
    public DataStream<Item> apply(DataStream<Item> items) {
      return items;
    }

    @Override
    public String toString() {
      return "straight";
    }
  }

  /** By the key in the table: all versions of an item meet in one subtask. */
  record ByTableKey(KeySchema keys) implements Route {
    @Override
    public DataStream<Item> apply(DataStream<Item> items) {
      return byHash(items, new TableKeyHash(keys));
    }

    @Override
    public String toString() {
      return "by the table's key " + keys;
    }
  }

  /** By attributes that tell the source's rows apart: all versions of a row meet in one subtask. */
  record BySourceKey(List<KeyAttribute> attributes) implements Route {
    public BySourceKey {
      attributes = List.copyOf(attributes);
    }

    @Override
    public DataStream<Item> apply(DataStream<Item> items) {
      return byHash(items, new SourceKeyHash(attributes));
    }

    @Override
    public String toString() {
      return attributes.stream()
          .map(KeyAttribute::toString)
          .collect(Collectors.joining(", ", "by the source's key ", ""));
    }
  }

  /** By where items come from: those of a split, or a file, stay in their order. */
  record ByUnit() implements Route {
    @Override
    public DataStream<Item> apply(DataStream<Item> items) {
      return byHash(items, new UnitHash());
    }

    @Override
    public String toString() {
      return "by unit";
    }
  }

  /**
   * Flink cannot take a partitioner of ours along in unaligned checkpoints, but its own by key. The
   * stream that it gives is taken for a plain one: on a keyed one every operator would compute the
   * key again, for keyed state that no stage has.
   */
  private static DataStream<Item> byHash(DataStream<Item> items, ItemHash hash) {
    return new DataStream<>(
        items.getExecutionEnvironment(), items.keyBy(hash, Types.INT).getTransformation());
  }
}
