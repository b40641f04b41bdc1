package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.ItemEncoder.Name;
import java.util.HashMap;
import java.util.Map;

/**
 * Encodes each attribute's name once, as long as a file does not have too many. Not thread-safe.
 */
final class AttributeNames {
  private static final int MOST = 2_000;

  private final Map<String, Name> names = new HashMap<>();

  Name of(String text) throws InvalidItemException {
    Name name = names.get(text);
    if (name == null) {
      try {
        name = new Name(text);
      } catch (IllegalArgumentException e) {
        throw new InvalidItemException(
            Reason.UNSUPPORTED_VALUE, "a name that is empty, too long or no Unicode");
      }
      if (names.size() >= MOST) {
        names.clear();
      }
      names.put(text, name);
    }
    return name;
  }
}
