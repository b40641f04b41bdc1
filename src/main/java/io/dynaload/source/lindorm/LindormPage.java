package io.dynaload.source.lindorm;

import io.dynaload.item.Item;
import io.dynaload.source.bounded.Page;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A page of a split. What it was read into is let go of once the items are made. */
final class LindormPage implements Page<LindormSplit> {
  private final LindormSplit before;
  private final List<List<KeyValue>> keys;
  private @Nullable Supplier<List<Item>> unmade;
  private List<Item> items = List.of();

  /**
   * @param before the split as it was before the page
   * @param keys of the rows, one an item
   * @param items makes them, when they are needed
   */
  LindormPage(LindormSplit before, List<List<KeyValue>> keys, Supplier<List<Item>> items) {
    this.before = before;
    this.keys = keys;
    this.unmade = items;
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public void makeItems() {
    if (unmade != null) {
      items = unmade.get();
      unmade = null;
    }
  }

  @Override
  public Item item(int index) {
    makeItems();
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
