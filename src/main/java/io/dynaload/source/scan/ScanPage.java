package io.dynaload.source.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dynaload.item.Item;
import io.dynaload.item.ItemView;
import io.dynaload.source.bounded.Page;

/** A page of one of a split's segments, which may have lost all of its items to a filter. */
final class ScanPage implements Page<ScanSplit> {
  private final ScanSplit before;
  private final int index;
  private final ScanAnswer answer;

  /**
   * @param before the split as it was before the page
   * @param index of the segment in it
   */
  ScanPage(ScanSplit before, int index, ScanAnswer answer) {
    this.before = before;
    this.index = index;
    this.answer = answer;
  }

  /** The split once all of a page's items are out, if there are any. */
  static ScanSplit after(ScanSplit before, int index, ScanAnswer answer) {
    Segment then = before.segments().get(index);
    long emitted = then.items() + answer.items().size();
    return before.with(
        index,
        answer.lastKey().isEmpty() ? then.asDone(emitted) : then.at(answer.lastKey(), emitted));
  }

  @Override
  public int size() {
    return answer.items().size();
  }

  @Override
  public Item item(int at) {
    return answer.items().get(at);
  }

  /** In the middle of the page, behind the item's own key; at its end, where the service says. */
  @Override
  public ScanSplit splitAfter(int at) {
    if (at == size() - 1) {
      return after(before, index, answer);
    }
    int last = at;
    while (last >= 0 && item(last).isRejected()) {
      last--; // What is not valid has no key that could be told; it is read again.
    }
    Segment then = before.segments().get(index);
    return last < 0
        ? before
        : before.with(index, then.at(keyOf(item(last)), then.items() + last + 1));
  }

  private String keyOf(Item item) {
    ItemView view = new ItemView(item);
    StringBuilder key = new StringBuilder("{");
    for (String name : before.position()) {
      byte[] value =
          view.json(name)
              .orElseThrow(() -> new IllegalStateException("An item without its key " + name));
      key.append(key.length() == 1 ? "" : ",")
          .append(TextNode.valueOf(name))
          .append(':')
          .append(new String(value, UTF_8));
    }
    return key.append('}').toString();
  }
}
