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
 * of those that wait the newest is sent, or, where every version counts, all in their order; so the
 * last version that can be written is the last one that is, whatever is retried. Knows no time. Not
 * thread-safe.
 *
 * <p>Versions that a newer one replaced are kept until that one is written. They cost nothing but
 * memory, so their bytes alone are bounded.
 *
 * <p>What waits for the end of its backoff is parked: it has bounds of its own, so that a few keys
 * that are refused again and again do not hold up all others.
 */
final class WriteBuffer {
  /** What an item takes on the heap besides its JSON, about. */
  private static final long ITEM_BYTES = 200;

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
  private final Load replaced = new Load();

  WriteBuffer(Limits limits) {
    this.limits = limits;
  }

  /** Adds the newest version of a key. */
  void add(CanonicalKey key, Item item) {
    Slot slot = slots.get(key);
    if (slot == null) {
      slot = new Slot(key, limits.everyVersion());
      slots.put(key, slot);
      ready.addLast(slot);
    }
    Item older = slot.waiting();
    if (older == null) {
      slot.await(item);
      waiting.add(item);
    } else if (limits.everyVersion()) {
      slot.queue(item);
      loadOf(slot).add(item);
    } else {
      Load load = loadOf(slot);
      load.remove(older);
      replaced.add(older);
      slot.supersede(item);
      load.add(item);
    }
  }

  /** What waits behind a parked version waits for the end of the same backoff. */
  private Load loadOf(Slot slot) {
    return slot.isParked() ? parked : waiting;
  }

  boolean isFull() {
    return waiting.items >= limits.bufferedItems()
        || waiting.bytes + replaced.bytes + replaced.items * ITEM_BYTES >= limits.bufferedBytes()
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

  /** Bytes of JSON that wait, parked or not, and of what they replaced. */
  long bytes() {
    return waiting.bytes + parked.bytes + replaced.bytes;
  }

  /** Items that wait for the end of their backoff. */
  int parked() {
    return parked.items;
  }

  /** For how long the partition that refused those has to write, if it is a single one. */
  long parkedNanos() {
    return limits.partitionNanos(parked.units);
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

  /**
   * The version in flight is written, or gave way to what the table holds. A newer one, if there is
   * one, may be sent now.
   *
   * @return how many older ones it replaced for good
   */
  int settle(Slot slot) {
    int superseded = 0;
    for (Item older : slot.settle()) {
      replaced.remove(older);
      superseded++;
    }
    release(slot);
    return superseded;
  }

  /**
   * The version in flight can never be written. A newer one, or else the newest of those that it
   * replaced, may be sent now.
   */
  void refuse(Slot slot) {
    Item instead = slot.refuse();
    if (instead != null) {
      replaced.remove(instead);
      waiting.add(instead);
    }
    release(slot);
  }

  private void release(Slot slot) {
    if (slot.waiting() == null) {
      slots.remove(slot.key());
    } else {
      ready.addLast(slot);
    }
  }

  /** The call of an item failed. What waits afterwards may be sent only after {@link #retry}. */
  void park(Slot slot) {
    takeBack(slot);
    move(slot, waiting, parked);
    slot.park();
  }

  /** Lets a parked slot be sent again, before all others that are ready. */
  void retry(Slot slot) {
    slot.unpark();
    move(slot, parked, waiting);
    ready.addFirst(slot);
  }

  private static void move(Slot slot, Load from, Load to) {
    from.remove(slot.next());
    to.add(slot.next());
    for (Item later : slot.later()) {
      from.remove(later);
      to.add(later);
    }
  }

  /**
   * The call of two items or more was refused for one of them: its halves are sent next, each by
   * itself.
   */
  void halve(List<Slot> batch) {
    batch.forEach(this::takeBack);
    int middle = batch.size() / 2;
    suspects.addFirst(batch.subList(middle, batch.size()));
    suspects.addFirst(batch.subList(0, middle));
  }

  private void takeBack(Slot slot) {
    Item sent = slot.sent();
    if (slot.takeBack()) {
      replaced.add(sent);
    } else {
      waiting.add(sent);
    }
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
