package io.dynaload.source.lindorm;

import io.dynaload.item.Item;
import io.dynaload.source.bounded.Page;
import java.util.List;

/**
 * A page of a query.
 *
 * @param before the split as it was before the page
 * @param checksums after each item
 */
record QueryPage(QuerySplit before, List<Item> items, List<Long> checksums)
    implements Page<QuerySplit> {
  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Item item(int index) {
    return items.get(index);
  }

  @Override
  public QuerySplit splitAfter(int index) {
    return new QuerySplit(before.rows() + index + 1, checksums.get(index));
  }
}
