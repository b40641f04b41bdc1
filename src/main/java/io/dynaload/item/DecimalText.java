package io.dynaload.item;

import java.nio.charset.StandardCharsets;

/**
 * A number in decimal text, read without making an object: its significant digits, its magnitude
 * and its sign, packed in a long.
 *
 * <p>The limits are DynamoDB's: 38 significant digits (leading and trailing zeros not counted),
 * magnitudes from 1E-130 to 9.99…E+125, and zero.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number">DynamoDB
 *     developer guide, "Number"</a>
 */
final class DecimalText {
  static final int MAX_DIGITS = 38;
  private static final int MAX_SIZE = 21;
  private static final int MIN_EXPONENT = -130;
  private static final int MAX_EXPONENT = 125;

  /** What {@link #parse} returns for text that is no number; every error is negative. */
  static final long NOT_A_NUMBER = -1;

  static final long TOO_MANY_DIGITS = -2;
  static final long OUT_OF_RANGE = -3;

  private static final int EXPONENT_SHIFT = 7;
  private static final int FIRST_SHIFT = 16;
  private static final int NEGATIVE = 1 << 6;
  private static final int DIGITS_MASK = NEGATIVE - 1;
  private static final int EXPONENT_MASK = 0xff;

  /** Far beyond the range, and small enough to be added to a length. */
  private static final int EXPONENT_CLAMP = 1_000_000_000;

  // The first byte of the canonical form; the order is that of the numbers.
  private static final byte CANONICAL_NEGATIVE = 1;
  private static final byte CANONICAL_ZERO = 2;
  private static final byte CANONICAL_POSITIVE = 3;

  private DecimalText() {}

  /**
   * Reads {@code [+-] digits [. digits] [e [+-] digits]}, with a digit before or after the point.
   *
   * @return the parsed number, for the other methods of this class, or one of the errors
   */
  static long parse(byte[] text, int start, int end) {
    int p = start;
    boolean negative = false;
    if (p < end && (text[p] == '-' || text[p] == '+')) {
      negative = text[p++] == '-';
    }
    int mantissa = p;
    int point = -1;
    int first = -1;
    int digits = 0;
    int significant = 0;
    for (; p < end; p++) {
      int digit = text[p] - '0';
      if (digit >= 0 && digit <= 9) {
        if (digit != 0) {
          first = first < 0 ? p : first;
          significant = ++digits;
        } else if (first >= 0) {
          digits++;
        }
      } else if (text[p] == '.' && point < 0) {
        point = p;
      } else {
        break;
      }
    }
    if (p - mantissa <= (point < 0 ? 0 : 1)) {
      return NOT_A_NUMBER;
    }
    int integerEnd = point < 0 ? p : point;
    int exponent = 0;
    if (p < end) {
      if ((text[p++] | 0x20) != 'e') {
        return NOT_A_NUMBER;
      }
      boolean minus = false;
      if (p < end && (text[p] == '-' || text[p] == '+')) {
        minus = text[p++] == '-';
      }
      if (p == end) {
        return NOT_A_NUMBER;
      }
      for (; p < end; p++) {
        int digit = text[p] - '0';
        if (digit < 0 || digit > 9) {
          return NOT_A_NUMBER;
        }
        exponent = exponent >= EXPONENT_CLAMP / 10 ? EXPONENT_CLAMP : exponent * 10 + digit;
      }
      if (exponent == EXPONENT_CLAMP) {
        return OUT_OF_RANGE;
      }
      exponent = minus ? -exponent : exponent;
    }
    if (first < 0) {
      return 0;
    }
    if (significant > MAX_DIGITS) {
      return TOO_MANY_DIGITS;
    }
    exponent += first < integerEnd ? integerEnd - first - 1 : integerEnd - first;
    if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
      return OUT_OF_RANGE;
    }
    return (long) first << FIRST_SHIFT
        | (long) (exponent - MIN_EXPONENT) << EXPONENT_SHIFT
        | (negative ? NEGATIVE : 0)
        | significant;
  }

  /** What is wrong, for a message. */
  static String problem(long error) {
    if (error == TOO_MANY_DIGITS) {
      return "the number has more than 38 significant digits";
    }
    return error == OUT_OF_RANGE
        ? "the number is outside of the range of ±1E-130 to ±9.99E+125"
        : "the text is not a number";
  }

  /**
   * The size in bytes: 1 for every two significant digits, 1 more, and 1 more if the number is
   * negative. The guide leaves open which digits make a pair and does not name the sign; DynamoDB
   * Local pairs them outwards from the decimal point, so 12 is one pair and 1.2 is two, and counts
   * no number with more than 21 bytes.
   */
  static int size(long parsed) {
    int digits = (int) parsed & DIGITS_MASK;
    int exponent = (int) (parsed >>> EXPONENT_SHIFT & EXPONENT_MASK) + MIN_EXPONENT;
    return digits == 0 ? 1 : size(digits, exponent, (parsed & NEGATIVE) != 0);
  }

  /**
   * @param exponent of the first of the significant digits, of which there is at least one
   */
  static int size(int digits, int exponent, boolean negative) {
    boolean firstIsAlone = (exponent & 1) == 0;
    int pairs = firstIsAlone ? 1 + digits / 2 : (digits + 1) / 2;
    return Math.min(MAX_SIZE, 1 + pairs + (negative ? 1 : 0));
  }

  static int canonicalLength(long parsed) {
    int digits = (int) parsed & DIGITS_MASK;
    if (digits == 0) {
      return 1;
    }
    return 2 + (digits + 1) / 2 + ((parsed & NEGATIVE) != 0 ? 1 : 0);
  }

  /**
   * Writes the same bytes for every spelling of a number, in the order of the numbers if the bytes
   * are compared unsigned: sign, exponent, two digits a byte; for a negative number the complement
   * of these and a last byte above all others, so that more digits come first.
   *
   * @return where it ended
   */
  static int writeCanonical(byte[] text, long parsed, byte[] out, int at) {
    int digits = (int) parsed & DIGITS_MASK;
    if (digits == 0) {
      out[at] = CANONICAL_ZERO;
      return at + 1;
    }
    boolean negative = (parsed & NEGATIVE) != 0;
    int flip = negative ? 0xff : 0;
    out[at++] = negative ? CANONICAL_NEGATIVE : CANONICAL_POSITIVE;
    out[at++] = (byte) ((parsed >>> EXPONENT_SHIFT & EXPONENT_MASK) ^ flip);
    int p = (int) (parsed >>> FIRST_SHIFT);
    for (int i = 0; i < digits; i += 2) {
      p = text[p] == '.' ? p + 1 : p;
      int pair = (text[p++] - '0') * 10;
      if (i + 1 < digits) {
        p = text[p] == '.' ? p + 1 : p;
        pair += text[p++] - '0';
      }
      out[at++] = (byte) (pair + 1 ^ flip);
    }
    if (negative) {
      out[at++] = (byte) 0xff;
    }
    return at;
  }

  /** The canonical bytes of a number that is known to be valid. */
  static byte[] canonical(String valid) {
    byte[] text = valid.getBytes(StandardCharsets.US_ASCII);
    long parsed = parse(text, 0, text.length);
    if (parsed < 0) {
      throw new IllegalStateException(problem(parsed));
    }
    byte[] out = new byte[canonicalLength(parsed)];
    writeCanonical(text, parsed, out, 0);
    return out;
  }
}
