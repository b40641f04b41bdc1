package io.dynaload.item;

import io.dynaload.item.InvalidItemException.Reason;

/**
 * Reads JSON tokens from a part of an array and accepts nothing but valid JSON in valid UTF-8. A
 * string is not decoded; its place, its size and whether it has escapes are kept until the next.
 * Reusable; not thread-safe.
 */
final class StrictJson {
  private byte[] json = {};
  private int offset;
  private int end;
  private int p;

  private int textStart;
  private int textEnd;
  private int textSize;
  private boolean escaped;

  void begin(byte[] json, int offset, int length) {
    this.json = json;
    this.offset = offset;
    this.end = offset + length;
    this.p = offset;
  }

  byte[] json() {
    return json;
  }

  /** Where the next token, or white space, begins. */
  int position() {
    return p;
  }

  /** Where the last string's text begins. */
  int textStart() {
    return textStart;
  }

  int textEnd() {
    return textEnd;
  }

  /** The UTF-8 bytes of the last string when its escapes are resolved. */
  int textSize() {
    return textSize;
  }

  boolean escaped() {
    return escaped;
  }

  private void skipSpace() {
    while (p < end) {
      byte c = json[p];
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
        return;
      }
      p++;
    }
  }

  /** Steps over white space, and over the given character if it is next. */
  boolean take(char c) {
    if (p < end && json[p] == c) {
      p++;
      return true;
    }
    skipSpace();
    if (p < end && json[p] == c) {
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
      throw malformed("something follows the item");
    }
  }

  /** Steps over a word such as {@code true}, if it is next. */
  boolean takeWord(String word) {
    skipSpace();
    if (end - p < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (json[p + i] != word.charAt(i)) {
        return false;
      }
    }
    p += word.length();
    return true;
  }

  void string() throws InvalidItemException {
    if (!take('"')) {
      throw malformed("a string is expected");
    }
    textStart = p;
    escaped = false;
    int saved = 0;
    while (true) {
      skipPlain();
      if (p >= end) {
        throw malformed("a string is cut short");
      }
      byte c = json[p];
      if (c == '"') {
        textEnd = p++;
        textSize = textEnd - textStart - saved;
        return;
      } else if (c == '\\') {
        escaped = true;
        saved += escape();
      } else if (c < 0) {
        utf8(c & 0xff);
      } else if (c < ' ') {
        throw malformed("a string holds a control character that is not escaped");
      } else {
        p++;
      }
    }
  }

  /** Steps over ASCII that stands for itself, eight bytes at a time as long as there are eight. */
  private void skipPlain() {
    while (p + 8 <= end) {
      long word = (long) Json.WORD.get(json, p);
      long stops =
          Json.zeroBytes(word ^ '"' * Json.ONES)
              | Json.zeroBytes(word ^ '\\' * Json.ONES)
              | word - ' ' * Json.ONES & ~word & Json.HIGHS
              | word & Json.HIGHS;
      if (stops != 0) {
        p += Long.numberOfTrailingZeros(stops) >>> 3;
        return;
      }
      p += 8;
    }
  }

  /** Steps over an escape and returns how many bytes longer it is than what it stands for. */
  private int escape() throws InvalidItemException {
    int letter = p + 1 < end ? json[p + 1] : -1;
    switch (letter) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        p += 2;
        return 1;
      }
      case 'u' -> {
        int code = Json.hex4(json, p + 2, end);
        if (code < 0) {
          throw malformed("'\\u' without four hexadecimal digits");
        }
        p += 6;
        if (!Character.isSurrogate((char) code)) {
          return code < 0x80 ? 5 : code < 0x800 ? 4 : 3;
        }
        int low =
            p + 1 < end && json[p] == '\\' && json[p + 1] == 'u' ? Json.hex4(json, p + 2, end) : -1;
        if (low < 0
            || !Character.isHighSurrogate((char) code)
            || !Character.isLowSurrogate((char) low)) {
          throw new InvalidItemException(
              Reason.UNSUPPORTED_VALUE, "a string holds an unpaired surrogate");
        }
        p += 6;
        return 8;
      }
      default -> throw malformed("an unknown escape");
    }
  }

  /** Steps over one character of two to four bytes (Unicode 16, table 3-7). */
  private void utf8(int lead) throws InvalidItemException {
    int low = 0x80;
    int high = 0xbf;
    int more;
    if (lead >= 0xc2 && lead <= 0xdf) {
      more = 1;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      more = 2;
      low = lead == 0xe0 ? 0xa0 : low;
      high = lead == 0xed ? 0x9f : high;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      more = 3;
      low = lead == 0xf0 ? 0x90 : low;
      high = lead == 0xf4 ? 0x8f : high;
    } else {
      throw malformed("a string is not UTF-8");
    }
    for (int i = 1; i <= more; i++) {
      int next = p + i < end ? json[p + i] & 0xff : 0;
      if (next < low || next > high) {
        throw malformed("a string is not UTF-8");
      }
      low = 0x80;
      high = 0xbf;
    }
    p += more + 1;
  }

  InvalidItemException malformed(String what) {
    return Json.malformed(what + " at byte " + (p - offset));
  }
}
