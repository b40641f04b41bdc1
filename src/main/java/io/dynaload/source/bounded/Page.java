package io.dynaload.source.bounded;

import io.dynaload.item.Item;

/**
 * Items that follow one another in a split, in memory. Used by one thread at a time, which hands it
 * on to the next.
 *
 * @param <SplitT> the connector's split
 */
public interface Page<SplitT> {
  /**
   * How many items; 0 of a page that only moves the position, as where a filter left all of its
   * items out.
   */
  int size();

  /**
   * Makes the items of what was read, where that is work that a page puts off; {@link #item} does
   * so as well. It is called by another thread than the one that loads pages, which meanwhile loads
   * the next one.
   *
   * @throws io.dynaload.error.ImportException for what cannot be an item
   */
  default void makeItems() {}

  /** The item at this index, from 0. */
  Item item(int index);

  /**
   * The split as it stands once the item at this index is out: reading it goes on with the next.
   *
   * @param index -1 of a page without items
   */
  SplitT splitAfter(int index);
}
