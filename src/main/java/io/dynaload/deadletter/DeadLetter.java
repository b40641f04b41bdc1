package io.dynaload.deadletter;

import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import java.time.Instant;

/**
 * A rejected item as it is kept.
 *
 * @param id of the item in its import: the first run of the import, and the {@link Origin}. It is
 *     the same whenever the item is read again, after a restart, a resume or a replay, so two
 *     letters of one id are the same item, counted once.
 * @param item with its {@link io.dynaload.item.Rejection}
 * @param time when it was rejected
 */
public record DeadLetter(String id, Item item, Instant time) {
  public DeadLetter {
    if (!item.isRejected()) {
      throw new IllegalArgumentException("Not rejected: " + item);
    }
  }

  /**
   * Where the item comes from when it is replayed: the id in the form of an origin, so that the id
   * stays if it is rejected again.
   *
   * @throws IllegalArgumentException if the id is none that {@link RunLetters} gives
   */
  public Origin replayOrigin() {
    int at = id.lastIndexOf('@');
    try {
      return new Origin(id.substring(0, at), Long.parseLong(id.substring(at + 1)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the id does not end with @ and a number", e);
    }
  }
}
