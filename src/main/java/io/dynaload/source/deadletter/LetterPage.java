package io.dynaload.source.deadletter;

import io.dynaload.item.Item;
import io.dynaload.source.bounded.Page;
import java.util.List;

/**
 * Letters that follow one another.
 *
 * @param before the split as it was before the page
 */
record LetterPage(LetterSplit before, List<Item> items) implements Page<LetterSplit> {
  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Item item(int index) {
    return items.get(index);
  }

  @Override
  public LetterSplit splitAfter(int index) {
    return new LetterSplit(before.letters() + index + 1);
  }
}
