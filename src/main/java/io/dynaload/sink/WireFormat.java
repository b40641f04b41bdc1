package io.dynaload.sink;

import io.dynaload.item.Item;
import java.util.List;

/**
 * What a call that writes says, and how its answer is read: one operation of DynamoDB's, or two of
 * a kind. Thread-safe.
 */
interface WireFormat {
  /**
   * A request without its headers.
   *
   * @param operation as the API names it
   * @param body JSON
   */
  record Message(String operation, byte[] body) {}

  /**
   * The request that writes these items.
   *
   * @param items at least one, of different keys
   * @throws RefusedItemException if such an item cannot be sent; only of a format that takes one
   *     item a call
   */
  Message message(List<Item> items) throws RefusedItemException;

  /**
   * What became of the items.
   *
   * @param status of HTTP
   * @param body known to be as it was sent
   */
  Answer read(List<Item> items, int status, byte[] body);
}
