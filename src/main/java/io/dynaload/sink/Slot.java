package io.dynaload.sink;

import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A key that has something to be written: at most one version of it is on its way. Of those that
 * wait it holds the newest alone, or, where every version counts, all of them in their order.
 */
final class Slot {
  private final CanonicalKey key;
  private final boolean everyVersion;
  private @Nullable Item waiting;

  /** Behind the one that waits, where every version counts; null until there is one. */
  private @Nullable Deque<Item> later;

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

  void await(Item newer) {
    waiting = newer;
    returned = null;
  }

  /** The version waits behind the one that waits already. */
  void queue(Item newer) {
    if (later == null) {
      later = new ArrayDeque<>(4);
    }
    later.addLast(newer);
  }

  void send() {
    retry = waiting == returned;
    returned = null;
    sent = waiting;
    waiting = later == null ? null : later.pollFirst();
  }

  /** Ends the call; nothing more is to be done for the version that was sent. */
  void settle() {
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
    if (!replaced) {
      waiting = sent;
      returned = sent;
      if (newer != null) {
        putBack(newer);
      }
    }
    sent = null;
    return replaced;
  }

  private void putBack(Item newer) {
    if (later == null) {
      later = new ArrayDeque<>(4);
    }
    later.addFirst(newer);
  }

  void park() {
    parked = true;
    failures++;
  }

  void unpark() {
    parked = false;
  }
}
