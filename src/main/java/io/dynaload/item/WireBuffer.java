package io.dynaload.item;

import io.dynaload.item.InvalidItemException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array that DynamoDB JSON is written to. Every method for a value writes the bare text
 * of the value, escaped if need be but without quotes, and returns its size by DynamoDB's rules.
 */
final class WireBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[512];
  private int length;

  void reset() {
    length = 0;
  }

  int length() {
    return length;
  }

  /** Drops what was written behind a length. */
  void truncate(int to) {
    length = to;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  private byte[] reserve(int more) {
    if (bytes.length - length < more) {
      int needed = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, 1 << 30)));
    }
    return bytes;
  }

  void raw(char ascii) {
    reserve(1)[length++] = (byte) ascii;
  }

  void raw(byte[] ascii) {
    System.arraycopy(ascii, 0, reserve(ascii.length), length, ascii.length);
    length += ascii.length;
  }

  /** A part of an array that is wire format already. */
  void raw(byte[] from, int start, int end) {
    System.arraycopy(from, start, reserve(end - start), length, end - start);
    length += end - start;
  }

  /** Text that is known to be ASCII and to need no escapes. */
  void raw(String ascii) {
    int n = ascii.length();
    byte[] out = reserve(n);
    for (int i = 0; i < n; i++) {
      out[length + i] = (byte) ascii.charAt(i);
    }
    length += n;
  }

  int string(String value) throws InvalidItemException {
    int n = value.length();
    byte[] out = reserve(n);
    int at = length;
    for (int i = 0; i < n; i++) {
      char c = value.charAt(i);
      if (c >= 0x80 || c < ' ' || c == '"' || c == '\\') {
        length = at;
        return i + stringFrom(value, i);
      }
      out[at++] = (byte) c;
    }
    length = at;
    return n;
  }

  /** The rest of a string, from the first character that is not written as it is. */
  private int stringFrom(String value, int from) throws InvalidItemException {
    int n = value.length();
    int size = 0;
    for (int i = from; i < n; i++) {
      char c = value.charAt(i);
      byte[] out = reserve(6);
      if (c >= 0x80) {
        int code = c;
        if (Character.isSurrogate(c)) {
          if (Character.isLowSurrogate(c)
              || i + 1 == n
              || !Character.isLowSurrogate(value.charAt(i + 1))) {
            throw new InvalidItemException(
                Reason.UNSUPPORTED_VALUE, "an unpaired surrogate at character " + i);
          }
          code = Character.toCodePoint(c, value.charAt(++i));
        }
        int end = Json.putUtf8(code, out, length);
        size += end - length;
        length = end;
      } else {
        ascii(c, out);
        size++;
      }
    }
    return size;
  }

  /** Any text, valid Unicode or not: a surrogate that stands alone is escaped. */
  void unchecked(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        ascii(c, reserve(6));
      } else if (!Character.isSurrogate(c)) {
        length = Json.putUtf8(c, reserve(6), length);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        length = Json.putUtf8(Character.toCodePoint(c, value.charAt(++i)), reserve(6), length);
      } else {
        raw(String.format("\\u%04x", (int) c));
      }
    }
  }

  private void ascii(char c, byte[] out) {
    if (c >= ' ') {
      if (c == '"' || c == '\\') {
        out[length++] = '\\';
      }
      out[length++] = (byte) c;
      return;
    }
    out[length++] = '\\';
    switch (c) {
      case '\n' -> out[length++] = 'n';
      case '\t' -> out[length++] = 't';
      case '\r' -> out[length++] = 'r';
      default -> {
        out[length++] = 'u';
        out[length++] = '0';
        out[length++] = '0';
        out[length++] = HEX[c >>> 4];
        out[length++] = HEX[c & 15];
      }
    }
  }

  int number(long value) {
    if (value == Long.MIN_VALUE) {
      // Its negation overflows.
      raw(Long.toString(value));
      return DecimalText.size(19, 18, true);
    }
    boolean negative = value < 0;
    if (negative) {
      raw('-');
      value = -value;
    }
    boolean zero = value == 0;
    int digits = digits(value);
    byte[] out = reserve(digits);
    int trailingZeros = 0;
    for (int p = length + digits - 1; p >= length; p--) {
      long tenth = value / 10;
      int digit = (int) (value - tenth * 10);
      out[p] = (byte) ('0' + digit);
      if (digit == 0 && trailingZeros == length + digits - 1 - p) {
        trailingZeros++;
      }
      value = tenth;
    }
    length += digits;
    return zero ? 1 : DecimalText.size(digits - trailingZeros, digits - 1, negative);
  }

  /**
   * The number {@code unscaled / 10^scale}.
   *
   * @param unscaled not a multiple of ten, unless the scale is 0; of 18 digits at most
   * @param scale from 0 to 18
   */
  int number(long unscaled, int scale) {
    if (scale == 0) {
      return number(unscaled);
    }
    boolean negative = unscaled < 0;
    if (negative) {
      raw('-');
    }
    long rest = Math.abs(unscaled);
    int significant = digits(rest);
    int written = Math.max(significant, scale + 1);
    byte[] out = reserve(written + 1);
    int point = length + written - scale;
    for (int p = length + written; p >= length; p--) {
      if (p == point) {
        out[p] = '.';
      } else {
        out[p] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    length += written + 1;
    return DecimalText.size(significant, significant - 1 - scale, negative);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
      digits++;
    }
    return digits;
  }

  /** Decimal text, checked against DynamoDB's limits. */
  int number(String text) throws InvalidItemException {
    int start = length;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        throw new InvalidItemException(
            Reason.NUMBER, DecimalText.problem(DecimalText.NOT_A_NUMBER));
      }
    }
    raw(text);
    long parsed = DecimalText.parse(bytes, start, length);
    if (parsed < 0) {
      throw new InvalidItemException(Reason.NUMBER, DecimalText.problem(parsed));
    }
    return DecimalText.size(parsed);
  }

  int binary(byte[] value) {
    byte[] out = reserve(Base64Text.encodedLength(value.length));
    length = Base64Text.encode(value, out, length);
    return value.length;
  }
}
