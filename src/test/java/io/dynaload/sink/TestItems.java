package io.dynaload.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynaload.item.CanonicalKey;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.item.Origin;

/** Items of a table whose partition key is {@code id}, a number. */
final class TestItems {
  static final KeySchema KEYS = new KeySchema(new KeyAttribute("id", KeyType.N), null);

  private TestItems() {}

  /** A put of about 30 bytes. */
  static Item item(long id, String version) {
    return sized(id, version, 30);
  }

  /** A put that says it is of the given size. */
  static Item sized(long id, String version, int size) {
    String json = "{\"id\":{\"N\":\"" + id + "\"},\"v\":{\"S\":\"" + version + "\"}}";
    return Item.put(json.getBytes(UTF_8), size, Item.NO_WRITE_TIMESTAMP, new Origin("test", id));
  }

  static Item delete(long id) {
    String json = "{\"id\":{\"N\":\"" + id + "\"}}";
    return Item.delete(json.getBytes(UTF_8), 4, Item.NO_WRITE_TIMESTAMP, new Origin("test", id));
  }

  static CanonicalKey keyOf(Item item) {
    try {
      return KEYS.keyOf(item);
    } catch (InvalidItemException e) {
      throw new AssertionError(e);
    }
  }
}
