package io.dynaload.source.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Origin;
import java.io.IOException;

/** JSON Lines: an object a line is a put of its entries, as {@link JsonValues} says. */
final class JsonDecoder implements LineDecoder {
  private final ItemEncoder encoder = new ItemEncoder();
  private final AttributeNames names = new AttributeNames();

  @Override
  public Item decode(byte[] bytes, int offset, int length, Origin origin)
      throws InvalidItemException {
    encoder.begin();
    JsonValues.parse(Utf8.text(bytes, offset, length), this::attributes);
    return encoder.put(Item.NO_WRITE_TIMESTAMP, origin);
  }

  private ItemEncoder attributes(JsonParser parser) throws IOException, InvalidItemException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidItemException(
          Reason.MALFORMED,
          parser.currentToken() == JsonToken.START_ARRAY
              ? "an object is expected; of an array, each element has to be a line of its own"
              : "an object is expected");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      ItemEncoder.Name name = names.of(parser.currentName());
      switch (parser.nextToken()) {
        case VALUE_STRING -> encoder.string(name, parser.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> encoder.number(name, parser.getText());
        default -> encoder.value(name, JsonValues.value(parser));
      }
    }
    return encoder;
  }
}
