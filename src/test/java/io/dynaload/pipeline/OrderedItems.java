package io.dynaload.pipeline;

import io.dynaload.item.Item;
import java.io.Serializable;

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
}
