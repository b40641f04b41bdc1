package io.dynaload.item;

import java.util.Arrays;

/** Standard Base64 (RFC 4648, section 4), read and written in byte arrays in place. */
final class Base64Text {
  private static final byte[] ALPHABET = new byte[64];
  private static final byte[] SEXTETS = new byte[256];

  static {
    Arrays.fill(SEXTETS, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < 64; i++) {
      ALPHABET[i] = (byte) alphabet.charAt(i);
      SEXTETS[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Text() {}

  static int encodedLength(int bytes) {
    return Math.multiplyExact(Math.addExact(bytes, 2) / 3, 4);
  }

  /** Writes with padding and returns where it ended. */
  static int encode(byte[] bytes, byte[] out, int at) {
    int i = 0;
    for (; i + 2 < bytes.length; i += 3) {
      int bits = (bytes[i] & 0xff) << 16 | (bytes[i + 1] & 0xff) << 8 | bytes[i + 2] & 0xff;
      out[at++] = ALPHABET[bits >>> 18];
      out[at++] = ALPHABET[bits >>> 12 & 63];
      out[at++] = ALPHABET[bits >>> 6 & 63];
      out[at++] = ALPHABET[bits & 63];
    }
    int rest = bytes.length - i;
    if (rest > 0) {
      int bits = (bytes[i] & 0xff) << 16 | (rest == 2 ? (bytes[i + 1] & 0xff) << 8 : 0);
      out[at++] = ALPHABET[bits >>> 18];
      out[at++] = ALPHABET[bits >>> 12 & 63];
      out[at++] = rest == 2 ? ALPHABET[bits >>> 6 & 63] : (byte) '=';
      out[at++] = '=';
    }
    return at;
  }

  /** The number of bytes that the text stands for, or -1 if it is not padded Base64. */
  static int decodedLength(byte[] text, int start, int end) {
    int length = end - start;
    if ((length & 3) != 0) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    int padding = text[end - 1] != '=' ? 0 : text[end - 2] != '=' ? 1 : 2;
    int all = 0;
    for (int p = start; p < end - padding; p++) {
      all |= SEXTETS[text[p] & 0xff];
    }
    return all < 0 ? -1 : length / 4 * 3 - padding;
  }

  /**
   * Decodes text for which {@link #decodedLength} is not negative. Bits beyond the last whole byte
   * are dropped, so different texts can give the same bytes.
   *
   * @return where it ended
   */
  static int decode(byte[] text, int start, int end, byte[] out, int at) {
    int bits = 0;
    int count = 0;
    for (int p = start; p < end && text[p] != '='; p++) {
      bits = bits << 6 | SEXTETS[text[p] & 0xff];
      if ((++count & 3) != 1) {
        int drop = 6 - 2 * (count - 1 & 3);
        out[at++] = (byte) (bits >>> drop);
      }
    }
    return at;
  }
}
