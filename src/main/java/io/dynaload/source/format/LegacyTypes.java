package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes JSON anew with the names of the types as DynamoDB has them: {@code nS} as {@code NS}, and
 * so on. It checks only what it needs to find them; what it writes is to be validated. Not
 * thread-safe.
 */
final class LegacyTypes {
  private static final int MAX_DEPTH = 40;
  private static final Map<String, byte[]> TYPES = new HashMap<>();

  static {
    for (String type : new String[] {"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"}) {
      TYPES.put(type, type.getBytes(StandardCharsets.US_ASCII));
    }
    TYPES.put("NULLVALUE", "NULL".getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] bytes = {};
  private int offset;
  private int end;
  private int p;

  private byte[] out = new byte[1024];
  private int length;

  void begin(byte[] line, int from, int to) {
    bytes = line;
    offset = from;
    end = to;
    p = from;
    length = 0;
  }

  byte[] written() {
    return out;
  }

  int length() {
    return length;
  }

  int position() {
    return p;
  }

  void goOnAt(int position) {
    p = position;
  }

  void write(char c) {
    reserve(1);
    out[length++] = (byte) c;
  }

  private void write(byte[] from, int start, int to) {
    reserve(to - start);
    System.arraycopy(from, start, out, length, to - start);
    length += to - start;
  }

  private void reserve(int more) {
    if (out.length - length < more) {
      out = Arrays.copyOf(out, Math.max(length + more, out.length * 2));
    }
  }

  boolean take(char c) {
    while (p < end && (bytes[p] == ' ' || bytes[p] == '\t')) {
      p++;
    }
    if (p < end && bytes[p] == c) {
      p++;
      return true;
    }
    return false;
  }

  private void copy(char c) throws InvalidItemException {
    if (!take(c)) {
      throw malformed("'" + c + "' is expected");
    }
    write(c);
  }

  void expectEnd() throws InvalidItemException {
    take(' ');
    if (p < end) {
      throw malformed("something follows the item");
    }
  }

  /** Writes a name that stands bare in the line. */
  void name(int start, int to) {
    write('"');
    for (int at = start; at < to; at++) {
      byte c = bytes[at];
      if (c == '"' || c == '\\') {
        write('\\');
        write((char) c);
      } else if (c >= 0 && c < ' ') {
        byte[] escape =
            String.format(Locale.ROOT, "\\u%04x", c).getBytes(StandardCharsets.US_ASCII);
        write(escape, 0, escape.length);
      } else {
        write((char) c);
      }
    }
    write('"');
    write(':');
  }

  void attributes(int depth) throws InvalidItemException {
    copy('{');
    if (take('}')) {
      write('}');
      return;
    }
    while (true) {
      string();
      copy(':');
      value(depth);
      if (!take(',')) {
        break;
      }
      write(',');
    }
    copy('}');
  }

  /** One value, its type's name rewritten. */
  void value(int depth) throws InvalidItemException {
    if (depth > MAX_DEPTH) {
      throw new InvalidItemException(Reason.TOO_DEEP, "nested deeper than 32 levels");
    }
    copy('{');
    int from = length;
    string();
    String name = new String(out, from + 1, length - from - 2, StandardCharsets.US_ASCII);
    byte[] type = TYPES.get(name.toUpperCase(Locale.ROOT));
    if (type == null) {
      throw malformed("an unknown type of value ends");
    }
    length = from + 1;
    write(type, 0, type.length);
    write('"');
    copy(':');
    if (type[0] == 'M') {
      attributes(depth + 1);
    } else if (type[0] == 'L') {
      list(depth + 1);
    } else {
      payload();
    }
    copy('}');
  }

  private void list(int depth) throws InvalidItemException {
    copy('[');
    if (take(']')) {
      write(']');
      return;
    }
    while (true) {
      value(depth);
      if (!take(',')) {
        break;
      }
      write(',');
    }
    copy(']');
  }

  /** Whatever stands before the closing brace: a string, a word, or an array of strings. */
  private void payload() throws InvalidItemException {
    while (p < end && bytes[p] != '}') {
      if (bytes[p] == '"') {
        string();
      } else {
        write((char) bytes[p++]);
      }
    }
  }

  private void string() throws InvalidItemException {
    if (!take('"')) {
      throw malformed("a string is expected");
    }
    int start = p - 1;
    while (p < end && bytes[p] != '"') {
      p += bytes[p] == '\\' ? 2 : 1;
    }
    if (p >= end) {
      throw malformed("a string is cut short");
    }
    p++;
    write(bytes, start, p);
  }

  private InvalidItemException malformed(String what) {
    return new InvalidItemException(
        Reason.MALFORMED, what + " at byte " + (Math.min(p, end) - offset));
  }
}
