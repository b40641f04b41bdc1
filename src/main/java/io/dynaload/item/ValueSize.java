package io.dynaload.item;

/**
 * The size of a value in wire format by DynamoDB's rules, for bytes that were found valid before:
 * nothing is checked again, and nothing but an escaped text is copied. Reusable; not thread-safe.
 */
final class ValueSize {
  private byte[] json = {};
  private int p;

  /** The size of the value that begins at a position. */
  int of(byte[] in, int start) throws InvalidItemException {
    json = in;
    p = start;
    return value();
  }

  /**
   * The bytes of a text in UTF-8 once its escapes are resolved.
   *
   * @param close as {@link Json#stringEnd} returns it
   */
  static int ofText(byte[] json, int start, int close) {
    return close >= 0 ? close - start : Json.unescape(json, start, ~close).length;
  }

  private int value() throws InvalidItemException {
    expect('{');
    expect('"');
    int type = p;
    int typeEnd = Json.stringEnd(json, type, json.length);
    if (typeEnd < 0) {
      return escapedType();
    }
    p = typeEnd + 1;
    expect(':');
    int size = typeEnd - type == 1 ? scalarOrContainer(json[type]) : longType(json[type], typeEnd);
    expect('}');
    return size;
  }

  private int scalarOrContainer(byte type) throws InvalidItemException {
    return switch (type) {
      case 'S' -> text('S');
      case 'N' -> text('N');
      case 'B' -> text('B');
      case 'M' -> map();
      default -> list();
    };
  }

  /**
   * @param last the end of the type's name, {@code SS}, {@code NS}, {@code BS}, {@code BOOL} or
   *     {@code NULL}
   */
  private int longType(byte first, int last) throws InvalidItemException {
    if (json[last - 1] == 'S') {
      return set((char) first);
    }
    p = Json.skipSpace(json, p, json.length);
    while (p < json.length && json[p] >= 'a' && json[p] <= 'z') {
      p++;
    }
    return 1;
  }

  /** A type's name may be spelled with escapes; that is rare, so the value is read as a whole. */
  private int escapedType() throws InvalidItemException {
    int start = p;
    while (json[start] != '{') {
      start--;
    }
    Value value = new ValueReader(json, start).value();
    p = Json.skipValue(json, start, json.length);
    return ValueWriter.write(value, new WireBuffer(), 0);
  }

  private int text(char type) throws InvalidItemException {
    expect('"');
    int start = p;
    int close = Json.stringEnd(json, start, json.length);
    p = (close < 0 ? ~close : close) + 1;
    if (type == 'S') {
      return ofText(json, start, close);
    }
    byte[] in = json;
    int end = close;
    if (close < 0) {
      in = Json.unescape(json, start, ~close);
      start = 0;
      end = in.length;
    }
    return type == 'N'
        ? DecimalText.size(DecimalText.parse(in, start, end))
        : Base64Text.decodedLength(in, start, end);
  }

  private int set(char type) throws InvalidItemException {
    expect('[');
    int size = 0;
    do {
      size += text(type);
    } while (take(','));
    expect(']');
    return size;
  }

  private int map() throws InvalidItemException {
    expect('{');
    int size = ItemValidator.CONTAINER_SIZE;
    if (take('}')) {
      return size;
    }
    do {
      size += text('S');
      expect(':');
      size += value() + ItemValidator.ELEMENT_SIZE;
    } while (take(','));
    expect('}');
    return size;
  }

  private int list() throws InvalidItemException {
    expect('[');
    int size = ItemValidator.CONTAINER_SIZE;
    if (take(']')) {
      return size;
    }
    do {
      size += value() + ItemValidator.ELEMENT_SIZE;
    } while (take(','));
    expect(']');
    return size;
  }

  private boolean take(char c) {
    p = Json.skipSpace(json, p, json.length);
    if (p < json.length && json[p] == c) {
      p++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws InvalidItemException {
    p = Json.expect(json, p, json.length, c);
  }
}
