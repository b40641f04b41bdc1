package io.dynaload.rebalance;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import java.util.List;

/** Of the attributes that tell the source's rows apart, the same for all spellings of them. */
final class SourceKeyHash extends ItemHash {
  private static final long serialVersionUID = 1L;

  private final KeySchema[] attributes;

  /**
   * @param attributes as many as the source has
   */
  SourceKeyHash(List<KeyAttribute> attributes) {
    this.attributes =
        attributes.stream()
            .map(attribute -> new KeySchema(attribute, null))
            .toArray(KeySchema[]::new);
  }

  @Override
  int of(Item item) throws InvalidItemException {
    int hash = 0;
    for (KeySchema attribute : attributes) {
      hash = 31 * hash + attribute.keyOf(item).hashCode();
    }
    return hash;
  }

  /** The transform may make something of it, so at least the order of its unit is kept. */
  @Override
  int ofKeyless(Item item) {
    return ofUnit(item);
  }
}
