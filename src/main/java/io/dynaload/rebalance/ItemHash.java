package io.dynaload.rebalance;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * What an item is routed by: the same in every process and every run. Rejected items have no order
 * to keep, and are spread at will.
 */
abstract class ItemHash implements KeySelector<Item, Integer> {
  private static final long serialVersionUID = 1L;

  /**
   * @throws InvalidItemException if the item has none
   */
  abstract int of(Item item) throws InvalidItemException;

  /** Of an item that has none, but is not rejected yet. */
  abstract int ofKeyless(Item item);

  @Override
  public final Integer getKey(Item item) {
    if (item.isRejected()) {
      return ofPosition(item);
    }
    try {
      return of(item);
    } catch (InvalidItemException e) {
      return ofKeyless(item);
    }
  }

  static int ofUnit(Item item) {
    return item.origin().unit().hashCode();
  }

  static int ofPosition(Item item) {
    return 31 * ofUnit(item) + Long.hashCode(item.origin().position());
  }
}
