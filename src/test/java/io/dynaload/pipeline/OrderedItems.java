package io.dynaload.pipeline;

import io.dynaload.item.Item;
import io.dynaload.source.SourceSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** Items in several units, each in its order; no two units have a key in common. */
interface OrderedItems extends Serializable {
  int units();

  int itemsPerUnit();

  /** Whether there may be deletes among them. */
  default boolean deletes() {
    return false;
  }

  /** The same at every call. */
  Item item(int unit, int index);

  /** What is known of them beforehand. */
  default SourceSchema schema() {
    return new SourceSchema(Map.of(), List.of());
  }
}
