package io.dynaload.sink;

import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import java.util.List;

/** PutItem and DeleteItem under the condition of a write mode, one item a call. */
final class ConditionalFormat implements WireFormat {
  private final ConditionalBody bodies;

  ConditionalFormat(String table, KeySchema keys, WriteModeConfig mode) {
    this.bodies = new ConditionalBody(table, keys, mode);
  }

  @Override
  public Message message(List<Item> items) throws RefusedItemException {
    return bodies.of(only(items));
  }

  @Override
  public Answer read(List<Item> items, int status, byte[] body) {
    return ConditionalAnswers.read(only(items), status, body);
  }

  private static Item only(List<Item> items) {
    if (items.size() != 1) {
      throw new IllegalArgumentException(items.size() + " items in one conditional call");
    }
    return items.get(0);
  }
}
