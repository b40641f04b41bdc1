package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;

/**
 * Steps over the JSON that stands around items: names without escapes, and punctuation. Positions
 * in messages count from the line's beginning. Reusable; not thread-safe.
 */
final class JsonEnvelope {
  private byte[] bytes = {};
  private int offset;
  private int end;
  private int p;
  private int nameStart;

  void begin(byte[] line, int from, int length) {
    bytes = line;
    offset = from;
    end = from + length;
    p = from;
  }

  int position() {
    return p;
  }

  void goOnAt(int position) {
    p = position;
  }

  int end() {
    return end;
  }

  boolean take(char c) {
    skipSpace();
    if (p < end && bytes[p] == c) {
      p++;
      return true;
    }
    return false;
  }

  void expect(char c) throws InvalidItemException {
    if (!take(c)) {
      throw malformed("'" + c + "' is expected");
    }
  }

  void expectEnd() throws InvalidItemException {
    skipSpace();
    if (p < end) {
      throw malformed("something follows the record");
    }
  }

  /** Steps over {@code "name":}, so that {@link #nameIs} can be asked. */
  void name() throws InvalidItemException {
    expect('"');
    nameStart = p;
    while (p < end && bytes[p] != '"') {
      if (bytes[p] < ' ' || bytes[p] == '\\') {
        throw malformed("a name of the export format is expected");
      }
      p++;
    }
    nameEnd = p;
    expect('"');
    expect(':');
    skipSpace();
  }

  private int nameEnd;

  boolean nameIs(String ascii) {
    return nameEnd - nameStart == ascii.length() && startsWith(bytes, nameStart, nameEnd, ascii);
  }

  static boolean startsWith(byte[] bytes, int from, int to, String ascii) {
    if (to - from < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void skipSpace() {
    while (p < end
        && (bytes[p] == ' ' || bytes[p] == '\t' || bytes[p] == '\r' || bytes[p] == '\n')) {
      p++;
    }
  }

  InvalidItemException malformed(String what) {
    return new InvalidItemException(Reason.MALFORMED, what + " at byte " + (p - offset));
  }
}
