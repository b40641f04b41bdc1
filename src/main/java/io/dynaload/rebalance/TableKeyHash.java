package io.dynaload.rebalance;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;

/** Of the key in the table, the same for all spellings of it. */
final class TableKeyHash extends ItemHash {
  private static final long serialVersionUID = 1L;

  private final KeySchema keys;

  TableKeyHash(KeySchema keys) {
    this.keys = keys;
  }

  @Override
  int of(Item item) throws InvalidItemException {
    return keys.keyOf(item).hashCode();
  }

  /** The sink will reject it. */
  @Override
  int ofKeyless(Item item) {
    return ofPosition(item);
  }
}
