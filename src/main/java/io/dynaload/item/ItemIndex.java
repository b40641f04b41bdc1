package io.dynaload.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where in the bytes of an item its attributes begin and end, found in one pass; a value is decoded
 * only when it is asked for. The item must be valid; one that is not is an {@link
 * IllegalStateException}. Reusable, and cheap only if it is reused; not thread-safe.
 */
final class ItemIndex {
  /** From the beginning of a value to that of its text: <code>{"S":"</code>. */
  private static final int BEFORE_TEXT = 6;

  private final ValueSize sizes = new ValueSize();

  private byte[] json = {};
  private int count;
  private int[] nameStart = new int[32];

  /** Complements where the name has escapes, as {@link Json#stringEnd} gives them. */
  private int[] nameClose = new int[32];

  private int[] valueStart = new int[32];
  private int[] valueEnd = new int[32];

  /** Of a text, number or binary its type, 0 of anything else; and where its text ends. */
  private byte[] types = new byte[32];

  private int[] textClose = new int[32];

  /** Turns to an item, and finds its attributes. */
  void read(byte[] item) {
    json = item;
    count = 0;
    try {
      index(item);
    } catch (InvalidItemException e) {
      throw invalid(e);
    }
  }

  private void index(byte[] in) throws InvalidItemException {
    int end = in.length;
    int p = Json.skipSpace(in, Json.expect(in, 0, end, '{'), end);
    while (p < end && in[p] != '}') {
      int i = add();
      nameStart[i] = Json.expect(in, p, end, '"');
      int close = Json.stringEnd(in, nameStart[i], end);
      nameClose[i] = close;
      p = Json.skipSpace(in, Json.expect(in, (close < 0 ? ~close : close) + 1, end, ':'), end);
      valueStart[i] = p;
      if (!indexText(in, p, i)) {
        types[i] = 0;
        valueEnd[i] = Json.skipValue(in, p, end);
      }
      p = Json.skipSpace(in, valueEnd[i], end);
      if (p < end && in[p] == ',') {
        p = Json.skipSpace(in, p + 1, end);
      }
    }
  }

  /** The usual form of most values, {@code {"S":"text"}}; whether it is that. */
  private boolean indexText(byte[] in, int p, int i) throws InvalidItemException {
    if (p + BEFORE_TEXT >= in.length
        || in[p + 1] != '"'
        || in[p + 3] != '"'
        || in[p + 4] != ':'
        || in[p + 5] != '"') {
      return false;
    }
    int close = Json.stringEnd(in, p + BEFORE_TEXT, in.length);
    int end = (close < 0 ? ~close : close) + 1;
    if (end >= in.length || in[end] != '}') {
      return false;
    }
    types[i] = in[p + 2];
    textClose[i] = close;
    valueEnd[i] = end + 1;
    return true;
  }

  private int add() {
    if (count == nameStart.length) {
      int more = count * 2;
      nameStart = Arrays.copyOf(nameStart, more);
      nameClose = Arrays.copyOf(nameClose, more);
      valueStart = Arrays.copyOf(valueStart, more);
      valueEnd = Arrays.copyOf(valueEnd, more);
      types = Arrays.copyOf(types, more);
      textClose = Arrays.copyOf(textClose, more);
    }
    return count++;
  }

  /** How many attributes the item has; each has an index, in their order. */
  int count() {
    return count;
  }

  boolean isNamed(int i, byte[] utf8) {
    return Json.textEquals(json, nameStart[i], nameClose[i], utf8);
  }

  String name(int i) {
    return valid(() -> new ValueReader(json, nameStart[i] - 1).string());
  }

  Value value(int i) {
    byte type = types[i];
    int close = textClose[i];
    if ((type == 'S' || type == 'N') && close >= 0) {
      int start = valueStart[i] + BEFORE_TEXT;
      String text = new String(json, start, close - start, StandardCharsets.UTF_8);
      return type == 'S' ? new Value.S(text) : new Value.N(text);
    }
    return valid(() -> new ValueReader(json, valueStart[i]).value());
  }

  /** Bytes by DynamoDB's rules. */
  int nameSize(int i) {
    return ValueSize.ofText(json, nameStart[i], nameClose[i]);
  }

  /** The same. */
  int valueSize(int i) {
    int close = textClose[i];
    return types[i] == 'S' && close >= 0
        ? close - valueStart[i] - BEFORE_TEXT
        : valid(() -> sizes.of(json, valueStart[i]));
  }

  /** Writes attributes that follow one another as they are, with what stands between them. */
  void copy(int from, int to, WireBuffer out) {
    out.raw(json, nameStart[from] - 1, valueEnd[to]);
  }

  /** Writes the name in its quotes, and a colon. */
  void copyName(int i, WireBuffer out) {
    int close = nameClose[i];
    out.raw(json, nameStart[i] - 1, (close < 0 ? ~close : close) + 1);
    out.raw(':');
  }

  void copyValue(int i, WireBuffer out) {
    out.raw(json, valueStart[i], valueEnd[i]);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws InvalidItemException;
  }

  private static <T> T valid(Reading<T> reading) {
    try {
      return reading.read();
    } catch (InvalidItemException e) {
      throw invalid(e);
    }
  }

  private static IllegalStateException invalid(InvalidItemException e) {
    return new IllegalStateException("the item is not valid: " + e.problem(), e);
  }
}
