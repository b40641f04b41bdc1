package io.dynaload.source.deadletter;

import io.dynaload.deadletter.DeadLetter;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;

/** Makes the items of letters. Not thread-safe. */
final class LetterItems {
  private final ItemValidator validator = new ItemValidator();

  /** The put or delete that the letter was, or the item as rejected again. */
  Item of(DeadLetter letter) {
    Item kept = letter.item();
    Rejection rejection = kept.rejection();
    Origin origin = letter.replayOrigin();
    byte[] bytes = kept.json();
    long timestamp = kept.writeTimestampMicros();
    try {
      return switch (rejection.form()) {
        case ITEM -> validator.put(bytes, 0, bytes.length, timestamp, origin);
        case KEY -> validator.delete(bytes, 0, bytes.length, timestamp, origin);
        case RAW -> Item.rejected(bytes, timestamp, origin, rejection);
      };
    } catch (InvalidItemException e) {
      return Item.rejected(
          bytes,
          timestamp,
          origin,
          new Rejection(rejection.stage(), rejection.form(), e.reason().name(), e.problem()));
    }
  }
}
