package io.dynaload.item;

import io.dynaload.item.InvalidItemException.Reason;

/**
 * The text of a key attribute's value, found, checked and brought into canonical form in two steps,
 * so that the key's array is made once and in its exact length. Positions travel packed in longs
 * instead of objects.
 */
final class KeyText {
  private static final long ESCAPED = Long.MIN_VALUE;

  private KeyText() {}

  /**
   * Finds the text in an attribute value such as {@code {"S":"a"}}.
   *
   * @param p the value's opening brace, or negative if the item lacks the attribute
   * @return start and end of the text, and whether it is escaped
   */
  static long locate(byte[] json, int p, int end, KeyAttribute key) throws InvalidItemException {
    if (p < 0) {
      throw new InvalidItemException(
          Reason.KEY_MISSING, "the item lacks the key attribute " + key.name());
    }
    int tag = Json.expect(json, Json.expect(json, p, end, '{'), end, '"');
    if (tag + 1 >= end || json[tag] != key.type().tag() || json[tag + 1] != '"') {
      throw new InvalidItemException(
          Reason.KEY_TYPE,
          "the key attribute " + key.name() + " is not of the table's type " + key.type());
    }
    int start = Json.expect(json, Json.expect(json, tag + 2, end, ':'), end, '"');
    int close = Json.stringEnd(json, start, end);
    return close < 0 ? ESCAPED | pack(start, ~close) : pack(start, close);
  }

  static boolean escaped(long text) {
    return text < 0;
  }

  static byte[] unescape(byte[] json, long text) {
    return Json.unescape(json, start(text), end(text));
  }

  /** The text that fills an array. */
  static long whole(byte[] bytes) {
    return pack(0, bytes.length);
  }

  /**
   * Checks a text without escapes.
   *
   * @return for N the parsed number, for the others the length in bytes
   */
  static long measure(byte[] in, long text, KeyAttribute key, int maxLength)
      throws InvalidItemException {
    int start = start(text);
    int end = end(text);
    if (start == end) {
      throw new InvalidItemException(
          Reason.KEY_EMPTY, "the key attribute " + key.name() + " is empty");
    }
    if (key.type() == KeyType.N) {
      long number = DecimalText.parse(in, start, end);
      if (number < 0) {
        throw new InvalidItemException(
            Reason.NUMBER, "the key attribute " + key.name() + ": " + DecimalText.problem(number));
      }
      return number;
    }
    int length = key.type() == KeyType.S ? end - start : Base64Text.decodedLength(in, start, end);
    if (length < 0) {
      throw Json.malformed("the key attribute " + key.name() + " is not Base64");
    }
    if (length > maxLength) {
      throw new InvalidItemException(
          Reason.KEY_TOO_LONG,
          "the key attribute " + key.name() + " has more than " + maxLength + " bytes");
    }
    return length;
  }

  /** The length of the canonical form in bytes. */
  static int length(long measure, KeyAttribute key) {
    return key.type() == KeyType.N ? DecimalText.canonicalLength(measure) : (int) measure;
  }

  static void write(byte[] in, long text, long measure, KeyAttribute key, byte[] out, int at) {
    switch (key.type()) {
      case S -> System.arraycopy(in, start(text), out, at, (int) measure);
      case N -> DecimalText.writeCanonical(in, measure, out, at);
      case B -> Base64Text.decode(in, start(text), end(text), out, at);
    }
  }

  private static long pack(int start, int end) {
    return (long) start << 32 | end;
  }

  private static int start(long text) {
    return (int) (text >>> 32) & Integer.MAX_VALUE;
  }

  private static int end(long text) {
    return (int) text;
  }
}
