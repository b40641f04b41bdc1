package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.Origin;

/**
 * Lines of DynamoDB JSON in files of a user's own: {@code {"Item":{…}}}, or the attributes alone.
 * No line can be both: what follows the name {@code Item} is a map of attributes in the one, the
 * value of an attribute with that name in the other.
 */
final class DynamoDbJsonDecoder implements LineDecoder {
  private final JsonEnvelope line = new JsonEnvelope();
  private final ItemValidator validator = new ItemValidator();
  private final ExportDecoder wrapped = new ExportDecoder();

  @Override
  public Item decode(byte[] bytes, int offset, int length, Origin origin)
      throws InvalidItemException {
    if (!beginsWithItem(bytes, offset, length)) {
      return validator.put(bytes, offset, length, Item.NO_WRITE_TIMESTAMP, origin);
    }
    try {
      return wrapped.decode(bytes, offset, length, origin);
    } catch (InvalidItemException notWrapped) {
      try {
        return validator.put(bytes, offset, length, Item.NO_WRITE_TIMESTAMP, origin);
      } catch (InvalidItemException e) {
        throw notWrapped;
      }
    }
  }

  private boolean beginsWithItem(byte[] bytes, int offset, int length) {
    if (JsonEnvelope.startsWith(bytes, offset, offset + length, "{\"Item\":")) {
      return true;
    }
    line.begin(bytes, offset, length);
    try {
      line.expect('{');
      line.name();
      return line.nameIs("Item");
    } catch (InvalidItemException e) {
      return false;
    }
  }
}
