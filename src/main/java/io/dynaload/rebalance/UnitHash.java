package io.dynaload.rebalance;

import io.dynaload.item.Item;

/** Of the part of the source that an item comes from. */
final class UnitHash extends ItemHash {
  private static final long serialVersionUID = 1L;

  @Override
  int of(Item item) {
    return ofUnit(item);
  }

  @Override
  int ofKeyless(Item item) {
    return ofUnit(item);
  }
}
