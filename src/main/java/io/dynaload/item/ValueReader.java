package io.dynaload.item;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@link Value}s of the bytes of a valid item, from a position on. */
final class ValueReader {
  private final byte[] json;
  private int p;

  ValueReader(byte[] json, int p) {
    this.json = json;
    this.p = p;
  }

  @FunctionalInterface
  private interface ElementReader<E> {
    E read() throws InvalidItemException;
  }

  boolean take(char c) {
    p = Json.skipSpace(json, p, json.length);
    if (p < json.length && json[p] == c) {
      p++;
      return true;
    }
    return false;
  }

  void expect(char c) throws InvalidItemException {
    p = Json.expect(json, p, json.length, c);
  }

  String string() throws InvalidItemException {
    expect('"');
    int start = p;
    int close = Json.stringEnd(json, start, json.length);
    if (close >= 0) {
      p = close + 1;
      return new String(json, start, close - start, StandardCharsets.UTF_8);
    }
    p = ~close + 1;
    return new String(Json.unescape(json, start, ~close), StandardCharsets.UTF_8);
  }

  /** The name of a value's type; the usual ones make no object. */
  private String type() throws InvalidItemException {
    int start = Json.expect(json, p, json.length, '"');
    if (start + 1 < json.length && json[start + 1] == '"') {
      String known = oneLetter(json[start]);
      if (known != null) {
        p = start + 2;
        return known;
      }
    }
    return string();
  }

  private static @Nullable String oneLetter(byte type) {
    return switch (type) {
      case 'S' -> "S";
      case 'N' -> "N";
      case 'B' -> "B";
      case 'M' -> "M";
      case 'L' -> "L";
      default -> null;
    };
  }

  /** Steps over a string, and tells whether it is the given one. */
  boolean stringIs(byte[] utf8) throws InvalidItemException {
    expect('"');
    int start = p;
    int close = Json.stringEnd(json, start, json.length);
    p = (close < 0 ? ~close : close) + 1;
    return Json.textEquals(json, start, close, utf8);
  }

  private byte[] text() throws InvalidItemException {
    expect('"');
    int start = p;
    int close = Json.stringEnd(json, start, json.length);
    int end = close < 0 ? ~close : close;
    p = end + 1;
    return Json.unescape(json, start, end);
  }

  /** Steps over a value, and copies it as it is written. */
  byte[] json() throws InvalidItemException {
    int start = Json.skipSpace(json, p, json.length);
    p = Json.skipValue(json, start, json.length);
    return Arrays.copyOfRange(json, start, p);
  }

  void skipValue() throws InvalidItemException {
    p = Json.skipValue(json, p, json.length);
  }

  Map<String, Value> attributes() throws InvalidItemException {
    Map<String, Value> attributes = new LinkedHashMap<>();
    expect('{');
    if (take('}')) {
      return attributes;
    }
    do {
      String name = string();
      expect(':');
      attributes.put(name, value());
    } while (take(','));
    expect('}');
    return attributes;
  }

  Value value() throws InvalidItemException {
    expect('{');
    String type = type();
    expect(':');
    Value value =
        switch (type) {
          case "S" -> new Value.S(string());
          case "N" -> new Value.N(string());
          case "B" -> binary();
          case "BOOL" -> new Value.Bool(word());
          case "NULL" -> {
            word();
            yield new Value.Null();
          }
          case "M" -> new Value.M(attributes());
          case "L" -> new Value.L(elements(this::value));
          case "SS" -> new Value.SS(set(this::string));
          case "NS" -> new Value.NS(set(this::string));
          case "BS" -> new Value.BS(set(this::binary));
          default -> throw Json.malformed("an unknown type of value");
        };
    expect('}');
    return value;
  }

  private Value.B binary() throws InvalidItemException {
    byte[] text = text();
    int length = Base64Text.decodedLength(text, 0, text.length);
    if (length < 0) {
      throw Json.malformed("text that is not Base64");
    }
    byte[] bytes = new byte[length];
    Base64Text.decode(text, 0, text.length, bytes, 0);
    return new Value.B(bytes);
  }

  /** Reads {@code true} or {@code false}. */
  private boolean word() {
    boolean value = take('t');
    while (p < json.length && json[p] >= 'a' && json[p] <= 'z') {
      p++;
    }
    return value;
  }

  private <E> Set<E> set(ElementReader<E> reader) throws InvalidItemException {
    return new LinkedHashSet<>(elements(reader));
  }

  private <E> List<E> elements(ElementReader<E> reader) throws InvalidItemException {
    List<E> elements = new ArrayList<>();
    expect('[');
    if (take(']')) {
      return elements;
    }
    do {
      elements.add(reader.read());
    } while (take(','));
    expect(']');
    return elements;
  }
}
