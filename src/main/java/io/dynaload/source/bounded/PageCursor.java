package io.dynaload.source.bounded;

import io.dynaload.item.Item;

/**
 * A page and the index of the item that is being emitted; one object for all items of the page. A
 * page without items has one turn, too, at which its position is taken over.
 */
final class PageCursor<SplitT> {
  private final Page<SplitT> page;
  private int index = -1;

  /** Of a page without items: it has had its turn. */
  private boolean ended;

  PageCursor(Page<SplitT> page) {
    this.page = page;
  }

  /** Moves to the next item; false at the end of the page. */
  boolean advance() {
    if (page.size() == 0) {
      boolean first = !ended;
      ended = true;
      return first;
    }
    return ++index < page.size();
  }

  /** Whether there is one, after {@link #advance}: not in a page that only moves the position. */
  boolean hasItem() {
    return index >= 0;
  }

  Item item() {
    return page.item(index);
  }

  Page<SplitT> page() {
    return page;
  }

  int index() {
    return index;
  }
}
