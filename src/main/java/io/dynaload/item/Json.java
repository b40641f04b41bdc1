package io.dynaload.item;

import io.dynaload.item.InvalidItemException.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Steps over JSON that was found valid before, without checking it again. Text that is not valid
 * can give wrong positions, but none beyond its end: what is cut short is {@code MALFORMED}.
 */
final class Json {
  /** Eight bytes at any place of an array, the first the lowest. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static final long ONES = 0x0101010101010101L;
  static final long HIGHS = 0x8080808080808080L;

  private Json() {}

  static int skipSpace(byte[] json, int p, int end) {
    while (p < end && json[p] <= ' ' && json[p] >= 0) {
      p++;
    }
    return p;
  }

  /** Steps over white space and one given character. */
  static int expect(byte[] json, int p, int end, char c) throws InvalidItemException {
    p = skipSpace(json, p, end);
    if (p >= end || json[p] != c) {
      throw malformed("'" + c + "' is expected");
    }
    return p + 1;
  }

  /**
   * The end of a string's text.
   *
   * @param p just after the opening quote
   * @return the position of the closing quote, complemented if the text has escapes
   */
  static int stringEnd(byte[] json, int p, int end) throws InvalidItemException {
    boolean escaped = false;
    while (true) {
      while (p + 8 <= end) {
        long word = (long) WORD.get(json, p);
        long hits = zeroBytes(word ^ '"' * ONES) | zeroBytes(word ^ '\\' * ONES);
        if (hits != 0) {
          p += Long.numberOfTrailingZeros(hits) >>> 3;
          break;
        }
        p += 8;
      }
      if (p >= end) {
        throw malformed("a string is cut short");
      }
      byte c = json[p];
      if (c == '"') {
        return escaped ? ~p : p;
      }
      if (c == '\\') {
        escaped = true;
        p++;
      }
      p++;
    }
  }

  /**
   * Whether a string's text is the given one once its escapes are resolved.
   *
   * @param close as {@link #stringEnd} returns it
   */
  static boolean textEquals(byte[] json, int start, int close, byte[] text) {
    if (close < 0) {
      return Arrays.equals(unescape(json, start, ~close), text);
    }
    if (close - start != text.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (json[start + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** Marks the zero bytes of a word; above the lowest of them it may mark others, too. */
  static long zeroBytes(long word) {
    return word - ONES & ~word & HIGHS;
  }

  /** Steps over an attribute value, from its opening brace to behind its closing one. */
  static int skipValue(byte[] json, int p, int end) throws InvalidItemException {
    int depth = 0;
    while (p < end) {
      byte c = json[p++];
      if (c == '"') {
        int close = stringEnd(json, p, end);
        p = (close < 0 ? ~close : close) + 1;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return p;
      }
    }
    throw malformed("an attribute value is cut short");
  }

  /** The bytes of a string's text, its escapes resolved. */
  static byte[] unescape(byte[] json, int start, int end) {
    byte[] out = new byte[end - start];
    int at = 0;
    int p = start;
    while (p < end) {
      byte c = json[p++];
      if (c != '\\' || p >= end) {
        out[at++] = c;
        continue;
      }
      c = json[p++];
      if (c != 'u') {
        out[at++] = unescaped(c);
        continue;
      }
      int code = hex4(json, p, end);
      p += 4;
      if (Character.isHighSurrogate((char) code) && p + 1 < end && json[p + 1] == 'u') {
        int low = hex4(json, p + 2, end);
        if (Character.isLowSurrogate((char) low)) {
          code = Character.toCodePoint((char) code, (char) low);
          p += 6;
        }
      }
      at = putUtf8(code, out, at);
    }
    return Arrays.copyOf(out, at);
  }

  /** The character that a one-letter escape stands for. */
  static byte unescaped(byte letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> letter;
    };
  }

  /** The value of four hexadecimal digits, or -1. */
  static int hex4(byte[] json, int p, int end) {
    if (p + 4 > end) {
      return -1;
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(json[p + i], 16);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }

  /** Writes a code point, at most four bytes, and returns where it ended. */
  static int putUtf8(int code, byte[] out, int at) {
    if (code < 0x80) {
      out[at++] = (byte) code;
    } else if (code < 0x800) {
      out[at++] = (byte) (0xc0 | code >>> 6);
      out[at++] = (byte) (0x80 | code & 0x3f);
    } else if (code < 0x10000) {
      out[at++] = (byte) (0xe0 | code >>> 12);
      out[at++] = (byte) (0x80 | code >>> 6 & 0x3f);
      out[at++] = (byte) (0x80 | code & 0x3f);
    } else {
      out[at++] = (byte) (0xf0 | code >>> 18);
      out[at++] = (byte) (0x80 | code >>> 12 & 0x3f);
      out[at++] = (byte) (0x80 | code >>> 6 & 0x3f);
      out[at++] = (byte) (0x80 | code & 0x3f);
    }
    return at;
  }

  static InvalidItemException malformed(String what) {
    return new InvalidItemException(Reason.MALFORMED, what);
  }
}
