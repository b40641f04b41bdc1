package io.dynaload.sink;

import io.dynaload.item.Item;

/** Where a writer puts the items that DynamoDB can never take. Used by the task thread only. */
interface Rejects {
  /**
   * Takes an item over; it is settled, and no longer the writer's.
   *
   * @param code short and stable, for counting: an {@link
   *     io.dynaload.item.InvalidItemException.Reason} or the service's error code
   * @param reason for a person; may name attributes, never values
   */
  void reject(Item item, String code, String reason);
}
