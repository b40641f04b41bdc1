package io.dynaload.sink;

import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that has something to be written: at most one version of it is on its way. Where every
 * version counts, those that wait are sent one after the other. Elsewhere only the newest is sent,
 * and those that it replaced are kept until it is written: should it be refused, the newest of them
 * takes its place.
 */
final class Slot {
  private final CanonicalKey key;
  private final boolean everyVersion;
  private @Nullable Item waiting;

  /** Newer than the one that waits, oldest first; only where every version counts. */
  private @Nullable Deque<Item> later;

  /** Replaced by the one that waits, oldest first; newer than the one in flight. */
  private @Nullable Deque<Item> beneathWaiting;

  /** Replaced by the one in flight, oldest first. */
  private @Nullable Deque<Item> beneathSent;

  private @Nullable Item sent;
  private @Nullable Item returned;
  private boolean retry;
  private boolean parked;
  private int failures;

  Slot(CanonicalKey key, boolean everyVersion) {
    this.key = key;
    this.everyVersion = everyVersion;
  }

  CanonicalKey key() {
    return key;
  }

  /** The version that is to be sent next. */
  @Nullable Item waiting() {
    return waiting;
  }

  /** The version that waits, where it is known that one does. */
  Item next() {
    if (waiting == null) {
      throw new IllegalStateException("Nothing of this key waits");
    }
    return waiting;
  }

  /** The versions that wait behind that one, where every version counts. */
  Collection<Item> later() {
    return later == null ? List.of() : later;
  }

  /** The version whose call has not ended. */
  Item sent() {
    if (sent == null) {
      throw new IllegalStateException("Nothing of this key is in flight");
    }
    return sent;
  }

  /** Whether the version that was sent last had been sent before. */
  boolean isRetry() {
    return retry;
  }

  /** Whether it waits for the end of its backoff. */
  boolean isParked() {
    return parked;
  }

  /** Calls that failed in a row. */
  int failures() {
    return failures;
  }

  /** The first version that waits. */
  void await(Item first) {
    waiting = first;
  }

  /** The version takes the place of the one that waits already. */
  void supersede(Item newer) {
    beneathWaiting = pushed(beneathWaiting, next());
    waiting = newer;
    returned = null;
  }

  /** The version waits behind the one that waits already. */
  void queue(Item newer) {
    later = pushed(later, newer);
  }

  void send() {
    retry = waiting == returned;
    returned = null;
    sent = waiting;
    beneathSent = beneathWaiting;
    beneathWaiting = null;
    waiting = later == null ? null : later.pollFirst();
  }

  /**
   * Ends the call: the version is in the table, or gave way to what is there.
   *
   * @return the versions that it replaced, with which nothing more is to be done
   */
  Collection<Item> settle() {
    Collection<Item> replaced = beneathSent == null ? List.of() : beneathSent;
    beneathSent = null;
    end();
    return replaced;
  }

  /**
   * Ends the call: the version can never be written.
   *
   * @return the version that now waits in its place, if one does
   */
  @Nullable Item refuse() {
    Item instead = null;
    if (beneathSent != null && waiting == null) {
      instead = beneathSent.pollLast();
      waiting = instead;
    }
    beneathWaiting = joined(beneathSent, beneathWaiting);
    beneathSent = null;
    end();
    return instead;
  }

  private void end() {
    sent = null;
    failures = 0;
  }

  /**
   * Ends the call; the version waits again, before newer ones, unless one of these replaces it.
   *
   * @return whether one does
   */
  boolean takeBack() {
    Item newer = waiting;
    boolean replaced = newer != null && !everyVersion;
    if (replaced) {
      beneathSent = pushed(beneathSent, sent());
    } else {
      waiting = sent;
      returned = sent;
      if (newer != null) {
        later = later == null ? new ArrayDeque<>(4) : later;
        later.addFirst(newer);
      }
    }
    beneathWaiting = joined(beneathSent, beneathWaiting);
    beneathSent = null;
    sent = null;
    return replaced;
  }

  void park() {
    parked = true;
    failures++;
  }

  void unpark() {
    parked = false;
  }

  private static Deque<Item> pushed(@Nullable Deque<Item> items, Item last) {
    Deque<Item> pushed = items == null ? new ArrayDeque<>(4) : items;
    pushed.addLast(last);
    return pushed;
  }

  private static @Nullable Deque<Item> joined(
      @Nullable Deque<Item> first, @Nullable Deque<Item> second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    first.addAll(second);
    return first;
  }
}
