package io.dynaload.transform;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A step as the file says it.
 *
 * @param place for the reason of a rejected item: the number from 1, and the operation's key
 * @param when the condition under which it is done; null if it is for every item
 */
record Step(String place, Operation operation, @Nullable String when, OnError onError)
    implements Serializable {
  /** Whether it may leave an item as it was. */
  boolean isOptional() {
    return when != null || onError == OnError.KEEP;
  }
}
