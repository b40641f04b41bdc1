package io.dynaload.sink;

import io.dynaload.item.CanonicalKey;
import io.dynaload.wire.Failure;
import java.util.Set;

/** What a call that writes led to. */
sealed interface Answer {
  /**
   * The service took the batch, or part of it.
   *
   * @param writeUnits what it says the call cost, indexes included; 0 if it does not say
   * @param unprocessed keys of the items that it left undone, for want of capacity
   */
  record Taken(double writeUnits, Set<CanonicalKey> unprocessed) implements Answer {}

  /**
   * The table holds another item of the key, which by the write mode stays; only of a call of one
   * item.
   *
   * @param writeUnits what the call cost nevertheless
   */
  record LeftAlone(double writeUnits) implements Answer {}

  /** No item is known to be written; where the answer was lost, some may be. */
  record Failed(Failure failure) implements Answer {}
}
