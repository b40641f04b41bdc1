package io.dynaload.sink;

import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items that wait and the keys in flight. Of a key at most one version is ever in flight, and
 * of those that wait only the newest is kept, or, where every version counts, all in their order;
 * so the last version that was added is the last one that is sent, whatever is retried. Knows no
 * time. Not thread-safe.
 *
 * <p>What waits for the end of its backoff is parked: it has bounds of its own, so that a few keys
 * that are refused again and again do not hold up all others.
 */
final class WriteBuffer {
  private final Map<CanonicalKey, Slot> slots = new HashMap<>();

  /** Slots whose waiting version may be sent now. */
  private final Deque<Slot> ready = new ArrayDeque<>();

  /**
   * Parts of refused batches. Each is sent by itself, before all others, to find who is to blame.
   */
  private final Deque<List<Slot>> suspects = new ArrayDeque<>();

  private final Limits limits;
  private final Load waiting = new Load();
  private final Load parked = new Load();

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
      slot = new Slot(key, limits.everyVersion());
      slots.put(key, slot);
      ready.addLast(slot);
    }
    Item older = slot.waiting();
    if (older != null && limits.everyVersion()) {
      slot.queue(item);
      waiting.add(item);
      return false;
    }
    Load load = slot.isParked() ? parked : waiting;
    if (older != null) {
      load.remove(older);
    }
    slot.await(item);
    load.add(item);
    return older != null;
  }

  boolean isFull() {
    return waiting.items >= limits.bufferedItems()
        || waiting.bytes >= limits.bufferedBytes()
        || waiting.units >= limits.bufferedUnits()
        || parked.items >= limits.parkedItems()
        || parked.bytes >= limits.parkedBytes();
  }

  /** Nothing waits and nothing is in flight. */
  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** The number of items that may be sent now, in batches that fill up. */
  int ready() {
    return ready.size();
  }

  /** Whether there is a batch that is to be sent by itself. */
  boolean hasSuspects() {
    return !suspects.isEmpty();
  }

  /** Bytes of JSON that wait, parked or not. */
  long bytes() {
    return waiting.bytes + parked.bytes;
  }

  /** Items that wait for the end of their backoff. */
  int parked() {
    return parked.items;
  }

  /** The next batch, which {@link #take} takes if nothing has changed since; at least one item. */
  Next next() {
    Next next = new Next();
    Collection<Slot> candidates = suspects.isEmpty() ? ready : suspects.getFirst();
    for (Slot slot : candidates) {
      if (!next.takes(slot.next())) {
        break;
      }
    }
    return next;
  }

  /** Takes a batch; its items are in flight from now on. */
  List<Slot> take(Next next) {
    List<Slot> batch = suspects.isEmpty() ? takeReady(next.items) : takeSuspects(next.items);
    for (Slot slot : batch) {
      waiting.remove(slot.next());
      slot.send();
    }
    return batch;
  }

  private List<Slot> takeReady(int items) {
    List<Slot> batch = new ArrayList<>(items);
    for (int i = 0; i < items; i++) {
      batch.add(ready.removeFirst());
    }
    return batch;
  }

  private List<Slot> takeSuspects(int items) {
    List<Slot> all = suspects.removeFirst();
    if (items < all.size()) {
      suspects.addFirst(all.subList(items, all.size()));
    }
    return all.subList(0, items);
  }

  /** The version in flight is dealt with. A newer one, if there is one, may be sent now. */
  void settle(Slot slot) {
    slot.settle();
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
  boolean park(Slot slot) {
    boolean superseded = takeBack(slot);
    waiting.remove(slot.next());
    parked.add(slot.next());
    slot.park();
    return superseded;
  }

  /** Lets a parked slot be sent again, before all others that are ready. */
  void retry(Slot slot) {
    slot.unpark();
    parked.remove(slot.next());
    waiting.add(slot.next());
    ready.addFirst(slot);
  }

  /**
   * The call of two items or more was refused for one of them: its halves are sent next, each by
   * itself.
   *
   * @return how many were replaced by a newer version
   */
  int halve(List<Slot> batch) {
    int superseded = 0;
    for (Slot slot : batch) {
      superseded += takeBack(slot) ? 1 : 0;
    }
    int middle = batch.size() / 2;
    suspects.addFirst(batch.subList(middle, batch.size()));
    suspects.addFirst(batch.subList(0, middle));
    return superseded;
  }

  private boolean takeBack(Slot slot) {
    boolean superseded = slot.takeBack();
    if (!superseded) {
      waiting.add(slot.next());
    }
    return superseded;
  }

  private static final class Load {
    private int items;
    private long bytes;
    private long units;

    void add(Item item) {
      items++;
      bytes += item.json().length;
      units += item.writeUnits();
    }

    void remove(Item item) {
      items--;
      bytes -= item.json().length;
      units -= item.writeUnits();
    }
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
          items < limits.batchItems()
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
