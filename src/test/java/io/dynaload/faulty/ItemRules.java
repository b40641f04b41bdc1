package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynaload.item.KeyType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * What DynamoDB accepts as an item, and its size. Written without a look at the product's own
 * rules, and with other means, so that a mistake in those shows.
 */
final class ItemRules {
  private static final int MAX_ITEM = 400 * 1024;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_DIGITS = 38;

  /** Bytes; seen at DynamoDB Local. */
  private static final int MAX_NUMBER = 21;

  private static final BigDecimal LARGEST =
      new BigDecimal("9.9999999999999999999999999999999999999E+125");
  private static final BigDecimal SMALLEST = new BigDecimal("1E-130");

  private ItemRules() {}

  /** Write units of an item of so many bytes. */
  static int units(int size) {
    return Math.max(1, -Math.floorDiv(-size, 1024));
  }

  /** The size in bytes of a valid item. */
  static int size(JsonNode item) throws ServiceError {
    int size = attributes(item, 1, 0);
    if (size > MAX_ITEM) {
      throw ServiceError.invalid("Item size has exceeded the maximum allowed size");
    }
    return size;
  }

  private static int attributes(JsonNode map, int depth, int perEntry) throws ServiceError {
    if (!map.isObject()) {
      throw malformed();
    }
    int size = 0;
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      if (entry.getKey().isEmpty()) {
        throw ServiceError.invalid("One or more parameter values were invalid: an empty name");
      }
      size += utf8(entry.getKey()) + perEntry + value(entry.getValue(), depth);
    }
    return size;
  }

  private static int value(JsonNode value, int depth) throws ServiceError {
    if (!value.isObject()) {
      throw malformed();
    }
    if (value.size() != 1) {
      throw ServiceError.invalid("Supplied AttributeValue has more than one, or no datatypes set");
    }
    String type = value.fieldNames().next();
    JsonNode given = value.get(type);
    return switch (type) {
      case "S", "N", "B" -> scalarSize(type, given);
      case "BOOL" -> one(given.isBoolean());
      case "NULL" -> one(given.isBoolean() && given.booleanValue());
      case "M" -> 3 + attributes(given, deeper(depth), 1);
      case "L" -> {
        int size = 3;
        int below = deeper(depth);
        for (JsonNode element : array(given)) {
          size += 1 + value(element, below);
        }
        yield size;
      }
      case "SS", "NS", "BS" -> set(KeyType.valueOf(type.substring(0, 1)), array(given));
      default -> throw ServiceError.invalid("Supplied AttributeValue is empty");
    };
  }

  private static int deeper(int depth) throws ServiceError {
    if (depth >= MAX_DEPTH) {
      throw ServiceError.invalid("Nesting Levels have exceeded supported limits");
    }
    return depth + 1;
  }

  private static JsonNode array(JsonNode given) throws ServiceError {
    if (!given.isArray()) {
      throw malformed();
    }
    return given;
  }

  private static int one(boolean valid) throws ServiceError {
    if (!valid) {
      throw malformed();
    }
    return 1;
  }

  private static int set(KeyType type, JsonNode elements) throws ServiceError {
    Set<String> seen = new HashSet<>();
    int size = 0;
    Iterator<JsonNode> all = elements.elements();
    while (all.hasNext()) {
      JsonNode element = all.next();
      size += scalarSize(type.name(), element);
      if (!seen.add(ModelKey.canonical(type, element.textValue()))) {
        throw ServiceError.invalid(
            "One or more parameter values were invalid: Input collection contains duplicates");
      }
    }
    if (seen.isEmpty()) {
      throw ServiceError.invalid("One or more parameter values were invalid: An empty set");
    }
    return size;
  }

  static int scalarSize(String type, JsonNode given) throws ServiceError {
    if (!given.isTextual()) {
      throw malformed();
    }
    String text = given.textValue();
    return switch (type) {
      case "S" -> utf8(text);
      case "N" -> numberSize(text);
      default -> binarySize(text);
    };
  }

  private static int binarySize(String text) throws ServiceError {
    try {
      return decoded(text).length;
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** Bits beyond the last byte are dropped, as the service does. */
  static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static int numberSize(String text) throws ServiceError {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw ServiceError.invalid("The parameter cannot be converted to a numeric value: " + text);
    }
    if (number.signum() == 0) {
      return 1;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    if (stripped.precision() > MAX_DIGITS) {
      throw ServiceError.invalid("Attempting to store more than 38 significant digits in a Number");
    }
    if (stripped.abs().compareTo(LARGEST) > 0 || stripped.abs().compareTo(SMALLEST) < 0) {
      throw ServiceError.invalid("Number overflow or underflow");
    }
    // Two digits a byte, paired outwards from the decimal point.
    int exponent = stripped.precision() - stripped.scale() - 1;
    int digits = stripped.precision() + (Math.floorMod(exponent, 2) == 0 ? 1 : 0);
    return Math.min(MAX_NUMBER, 1 + (digits + 1) / 2 + (number.signum() < 0 ? 1 : 0));
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static ServiceError malformed() {
    return new ServiceError("SerializationException", "NUMBER_VALUE cannot be converted");
  }
}
