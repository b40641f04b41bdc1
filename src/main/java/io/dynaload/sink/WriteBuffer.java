package io.dynaload.sink;

import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items that wait and the keys in flight. Of a key at most one version is ever in flight, and
 * of those that wait only the newest is kept, so the last version that was added is the last one
 * that is sent, whatever is retried. Knows no time. Not thread-safe.
 */
final class WriteBuffer {
  private final Map<CanonicalKey, Slot> slots = new HashMap<>();

  /** Slots whose waiting version may be sent now. */
  private final Deque<Slot> ready = new ArrayDeque<>();

  private final Limits limits;
  private int items;
  private long bytes;
  private long units;

  WriteBuffer(Limits limits) {
    this.limits = limits;
  }

  /**
   * Adds the newest version of a key.
   *
   * @return whether an older one that waited was dropped for it
   */
  boolean add(CanonicalKey key, Item item) {
    Slot slot = slots.get(key);
    if (slot == null) {
      slot = new Slot(key);
      slots.put(key, slot);
      ready.addLast(slot);
    }
    Item older = slot.waiting();
    if (older != null) {
      count(older, -1);
    }
    slot.await(item);
    count(item, 1);
    return older != null;
  }

  boolean isFull() {
    return items >= limits.bufferedItems()
        || bytes >= limits.bufferedBytes()
        || units >= limits.bufferedUnits();
  }

  /** Nothing waits and nothing is in flight. */
  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** The number of items that may be sent now. */
  int ready() {
    return ready.size();
  }

  /** The next batch, which {@link #take} takes if nothing has changed since; at least one item. */
  Next next() {
    Next next = new Next();
    for (Slot slot : ready) {
      if (!next.takes(waitingOf(slot))) {
        break;
      }
    }
    return next;
  }

  /** Takes a batch; its items are in flight from now on. */
  List<Slot> take(Next next) {
    List<Slot> batch = new ArrayList<>(next.items);
    for (int i = 0; i < next.items; i++) {
      Slot slot = ready.removeFirst();
      count(waitingOf(slot), -1);
      slot.send();
      batch.add(slot);
    }
    return batch;
  }

  /** The call of an item ended well. A newer version, if there is one, may be sent now. */
  void succeed(Slot slot) {
    slot.succeed();
    if (slot.waiting() == null) {
      slots.remove(slot.key());
    } else {
      ready.addLast(slot);
    }
  }

  /**
   * The call of an item failed. What waits afterwards may be sent only after {@link #retry}.
   *
   * @return whether a newer version stands in place of the one that failed
   */
  boolean fail(Slot slot) {
    boolean superseded = slot.waiting() != null;
    if (!superseded) {
      count(slot.sent(), 1);
    }
    slot.fail();
    return superseded;
  }

  /** Lets a failed slot be sent again, before all others. */
  void retry(Slot slot) {
    ready.addFirst(slot);
  }

  private void count(Item item, int sign) {
    items += sign;
    bytes += (long) sign * item.json().length;
    units += (long) sign * item.writeUnits();
  }

  private static Item waitingOf(Slot slot) {
    @Nullable Item item = slot.waiting();
    if (item == null) {
      throw new IllegalStateException("A slot without an item is ready");
    }
    return item;
  }

  /** As many items as fit into a batch. */
  final class Next {
    private int items;
    private long bytes;
    private long units;

    long units() {
      return units;
    }

    private boolean takes(Item item) {
      long more = BatchBody.length(item);
      boolean fits =
          items < Limits.BATCH_ITEMS
              && bytes + more <= Limits.BATCH_BYTES
              && units + item.writeUnits() <= limits.batchUnits();
      if (fits || items == 0) {
        items++;
        bytes += more;
        units += item.writeUnits();
        return true;
      }
      return false;
    }
  }
}
