package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.ItemValidator;
import io.dynaload.item.Origin;

/**
 * Lines of the exports that Data Pipeline and EMR wrote. Version 3 is {@code {"id":{"s":"a"}}},
 * with no Item around it; before that, names and values stood between control characters: {@code
 * id<0x03>{"s":"a"}<0x02>scores<0x03>{"nS":["100"]}}. JSON cannot hold these unescaped, so each
 * line tells by itself which it is. Types are matched without regard to case. Not thread-safe.
 */
final class LegacyDecoder implements LineDecoder {
  private static final char AFTER_NAME = 3;
  private static final char AFTER_VALUE = 2;

  private final LegacyTypes types = new LegacyTypes();
  private final ItemValidator validator = new ItemValidator();

  @Override
  public Item decode(byte[] bytes, int offset, int length, Origin origin)
      throws InvalidItemException {
    int end = offset + length;
    int firstName = ByteWindow.indexOf(AFTER_NAME, bytes, offset, end);
    types.begin(bytes, offset, end);
    if (firstName < 0) {
      types.attributes(0);
      types.expectEnd();
    } else {
      betweenControls(bytes, offset, end, firstName);
    }
    return validator.put(types.written(), 0, types.length(), Item.NO_WRITE_TIMESTAMP, origin);
  }

  private void betweenControls(byte[] bytes, int offset, int end, int firstName)
      throws InvalidItemException {
    int start = offset;
    int nameEnd = firstName;
    types.write('{');
    while (true) {
      if (ByteWindow.indexOf(AFTER_VALUE, bytes, start, nameEnd) >= 0) {
        throw withoutValue(start - offset);
      }
      types.name(start, nameEnd);
      types.goOnAt(nameEnd + 1);
      types.value(0);
      if (!types.take(AFTER_VALUE)) {
        break;
      }
      types.write(',');
      start = types.position();
      nameEnd = ByteWindow.indexOf(AFTER_NAME, bytes, start, end);
      if (nameEnd < 0) {
        throw withoutValue(start - offset);
      }
    }
    types.write('}');
    types.expectEnd();
  }

  private static InvalidItemException withoutValue(int at) {
    return new InvalidItemException(Reason.MALFORMED, "a name without a value at byte " + at);
  }
}
