package io.dynaload.rebalance;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * The hash of an item's key in the target, the same for all spellings of it. An item without a
 * valid key has that of its origin; it is written nowhere, so it may be spread at will.
 */
final class KeyHash implements KeySelector<Item, Long> {
  private static final long serialVersionUID = 1L;

  private final KeySchema keys;

  KeyHash(KeySchema keys) {
    this.keys = keys;
  }

  @Override
  public Long getKey(Item item) {
    if (item.isRejected()) {
      return ofOrigin(item);
    }
    try {
      return keys.keyOf(item).hash();
    } catch (InvalidItemException e) {
      return ofOrigin(item);
    }
  }

  private static long ofOrigin(Item item) {
    return 31L * item.origin().unit().hashCode() + item.origin().position();
  }
}
