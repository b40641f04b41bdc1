package io.dynaload.source.lindorm;

import io.dynaload.item.Item;
import io.dynaload.source.bounded.Page;
import java.util.List;

/**
 * A page of a split.
 *
 * @param before the split as it was before the page
 * @param keys of the rows, one an item
 */
record LindormPage(LindormSplit before, List<Item> items, List<List<KeyValue>> keys)
    implements Page<LindormSplit> {

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Item item(int index) {
    return items.get(index);
  }

  @Override
  public LindormSplit splitAfter(int index) {
    return before.at(keys.get(index), before.rows() + index + 1);
  }

  LindormSplit after() {
    return splitAfter(size() - 1);
  }
}
