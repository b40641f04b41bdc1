package io.dynaload.transform;

import io.dynaload.item.Item;
import io.dynaload.item.ItemTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The stage between source and sink. It has no steps yet and passes every item on as it is, without
 * opening it; it stands in the job so that its place, name and uid are settled.
 */
public final class Transform {
  private Transform() {}

  /** What the steps may do to attributes; what depends on keys is decided by it. */
  public static Changes changes() {
    return Changes.NONE;
  }

  public static DataStream<Item> apply(DataStream<Item> items) {
    return items
        .map(item -> item)
        .returns(ItemTypeInfo.INSTANCE)
        .name("transform")
        .uid("transform");
  }
}
