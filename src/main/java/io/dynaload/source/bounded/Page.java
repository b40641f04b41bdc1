package io.dynaload.source.bounded;

import io.dynaload.item.Item;

/**
 * Items that follow one another in a split, in memory. Immutable.
 *
 * @param <SplitT> the connector's split
 */
public interface Page<SplitT> {
  /** At least 1. */
  int size();

  /** The item at this index, from 0. */
  Item item(int index);

  /**
   * The split as it stands once the item at this index is out: reading it goes on with the next.
   */
  SplitT splitAfter(int index);
}
