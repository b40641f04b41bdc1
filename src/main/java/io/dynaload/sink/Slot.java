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
  private @Nullable Item failed;
  private boolean retry;
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

  /** The version whose call has not ended. */
  Item sent() {
    if (sent == null) {
      throw new IllegalStateException("Nothing of this key is in flight");
    }
    return sent;
  }

  boolean isInFlight() {
    return sent != null;
  }

  /** Whether the version that was sent last had been sent before. */
  boolean isRetry() {
    return retry;
  }

  /** Calls that failed in a row. */
  int failures() {
    return failures;
  }

  void await(Item newer) {
    waiting = newer;
    failed = null;
  }

  void send() {
    retry = waiting == failed;
    failed = null;
    sent = waiting;
    waiting = null;
  }

  void succeed() {
    sent = null;
    failures = 0;
  }

  /** Ends the call; the version waits again, unless a newer one does, which replaces it. */
  void fail() {
    if (waiting == null) {
      waiting = sent;
      failed = sent;
    }
    sent = null;
    failures++;
  }
}
