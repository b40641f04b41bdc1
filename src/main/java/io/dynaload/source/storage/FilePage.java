package io.dynaload.source.storage;

import io.dynaload.item.Item;
import io.dynaload.source.bounded.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Items that follow one another in one part of a split. */
final class FilePage implements Page<FileSplit> {
  private final FileSplit before;
  private final int part;
  private final List<Item> items = new ArrayList<>();
  private long[] offsets = new long[64];
  private long[] numbers = new long[64];

  /**
   * @param before the split as it was before the page
   * @param part the index of the part that the items are of
   */
  FilePage(FileSplit before, int part) {
    this.before = before;
    this.part = part;
  }

  /** Adds an item, with where reading goes on behind it. */
  void add(Item item, long offset, long number) {
    int index = items.size();
    if (index == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * index);
      numbers = Arrays.copyOf(numbers, 2 * index);
    }
    items.add(item);
    offsets[index] = offset;
    numbers[index] = number;
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Item item(int index) {
    return items.get(index);
  }

  @Override
  public FileSplit splitAfter(int index) {
    SplitPart then = before.parts().get(part);
    return before.with(
        part, then.readTo(offsets[index], numbers[index], then.records() + index + 1));
  }
}
