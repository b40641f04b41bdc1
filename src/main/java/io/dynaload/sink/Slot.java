package io.dynaload.sink;

import io.dynaload.item.CanonicalKey;
import io.dynaload.item.Item;
import org.jspecify.annotations.Nullable;

/**
 * A key that has something to be written: at most one version of it is on its way, and at most one,
 * the newest, waits.
 */
final class Slot {
  private final CanonicalKey key;
  private @Nullable Item waiting;
  private @Nullable Item sent;
  private @Nullable Item returned;
  private boolean retry;
  private boolean parked;
  private int failures;

  Slot(CanonicalKey key) {
    this.key = key;
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

  void send() {
    retry = waiting == returned;
    returned = null;
    sent = waiting;
    waiting = null;
  }

  /** Ends the call; nothing more is to be done for the version that was sent. */
  void settle() {
    sent = null;
    failures = 0;
  }

  /** Ends the call; the version waits again, unless a newer one does, which replaces it. */
  void takeBack() {
    if (waiting == null) {
      waiting = sent;
      returned = sent;
    }
    sent = null;
  }

  void park() {
    parked = true;
    failures++;
  }

  void unpark() {
    parked = false;
  }
}
