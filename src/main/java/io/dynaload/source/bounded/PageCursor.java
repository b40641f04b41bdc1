package io.dynaload.source.bounded;

import io.dynaload.item.Item;

/** A page and the index of the item that is being emitted; one object for all items of the page. */
final class PageCursor<SplitT> {
  private final Page<SplitT> page;
  private int index = -1;

  PageCursor(Page<SplitT> page) {
    this.page = page;
  }

  /** Moves to the next item; false at the end of the page. */
  boolean advance() {
    return ++index < page.size();
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
