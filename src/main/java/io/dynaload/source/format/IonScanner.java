package io.dynaload.source.format;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;

/**
 * Finds where a record of text Ion ends, without reading it: behind the bracket that closes the
 * first one, or at a line's end outside of brackets. White space before it is part of the record.
 * Not thread-safe.
 *
 * @see <a href="https://amazon-ion.github.io/ion-docs/docs/spec.html">Amazon Ion specification</a>
 */
final class IonScanner {
  static final String VERSION = "$ion_1_0";

  /** A reader of Ion must not be let into brackets that are thousands deep. */
  private static final int MAX_DEPTH = 100;

  /** So many digits in a row are no number of DynamoDB's, and take long to be read. */
  private static final int MAX_DIGITS = 2_000;

  private static final int NEED_MORE = -1;

  private byte[] bytes = {};
  private int end;
  private boolean atEnd;
  private int deepest;
  private int mostDigits;

  /**
   * @param start of the record in the array
   * @param last whether the file ends at the array's end
   * @return how long it is, or -1 if it cannot be told without more bytes
   */
  int recordLength(byte[] in, int start, int to, boolean last) {
    bytes = in;
    end = to;
    atEnd = last;
    deepest = 0;
    mostDigits = 0;
    int recordEnd = recordEnd(start);
    return recordEnd >= 0 ? recordEnd - start : atEnd ? to - start : NEED_MORE;
  }

  /** Refuses a record, the last one found, that would take a reader too long. */
  void check() throws InvalidItemException {
    if (deepest > MAX_DEPTH) {
      throw new InvalidItemException(Reason.TOO_DEEP, "nested deeper than 32 levels");
    }
    if (mostDigits > MAX_DIGITS) {
      throw new InvalidItemException(Reason.NUMBER, "a number has more than 38 significant digits");
    }
  }

  private int recordEnd(int start) {
    int depth = 0;
    int digits = 0;
    boolean content = false;
    int p = start;
    while (p >= 0 && p < end) {
      byte c = bytes[p];
      digits = c >= '0' && c <= '9' || c == '_' ? digits + 1 : 0;
      mostDigits = Math.max(mostDigits, digits);
      switch (c) {
        case '\n' -> {
          p++;
          if (depth == 0 && content) {
            return p;
          }
          if (depth > 0) {
            if (!atEnd && end - p < VERSION.length()) {
              return NEED_MORE;
            }
            if (mayBegin(bytes, p, end)) {
              return p;
            }
          }
        }
        case ' ', '\t', '\r' -> p++;
        case '{' -> {
          content = true;
          if (p + 1 >= end) {
            return NEED_MORE;
          }
          depth++;
          deepest = Math.max(deepest, depth);
          if (bytes[p + 1] == '{') {
            depth++;
            p = lob(p + 2);
          } else {
            p++;
          }
        }
        case '[', '(' -> {
          content = true;
          depth++;
          deepest = Math.max(deepest, depth);
          p++;
        }
        case '}', ']', ')' -> {
          content = true;
          p++;
          if (--depth <= 0) {
            return p;
          }
        }
        case '"', '\'' -> {
          content = true;
          p = quoted(p);
        }
        case '/' -> p = comment(p);
        default -> {
          content = true;
          p++;
        }
      }
    }
    return NEED_MORE;
  }

  /** Whether a record may begin in the first column of this line. */
  static boolean mayBegin(byte[] bytes, int p, int end) {
    return p < end && bytes[p] == '{' || JsonEnvelope.startsWith(bytes, p, end, VERSION);
  }

  /** Base64 may look like a comment; what is in quotes is a text. */
  private int lob(int from) {
    int p = from;
    while (p < end && bytes[p] != '}' && bytes[p] != '"' && bytes[p] != '\'' && bytes[p] != '\n') {
      p++;
    }
    return p < end ? p : NEED_MORE;
  }

  /**
   * Behind a string or symbol; a line feed ends one that is not closed, if it is not a long one.
   */
  private int quoted(int from) {
    byte quote = bytes[from];
    if (quote == '\'') {
      if (from + 2 >= end && !atEnd) {
        return NEED_MORE;
      }
      if (from + 2 < end && bytes[from + 1] == '\'' && bytes[from + 2] == '\'') {
        return longString(from + 3);
      }
    }
    int p = from + 1;
    while (p < end && bytes[p] != quote && bytes[p] != '\n') {
      p += bytes[p] == '\\' ? 2 : 1;
    }
    if (p >= end) {
      return NEED_MORE;
    }
    return bytes[p] == '\n' ? p : p + 1;
  }

  private int longString(int from) {
    for (int p = from; p + 2 < end; p++) {
      if (bytes[p] == '\\') {
        p++;
      } else if (bytes[p] == '\n' && JsonEnvelope.startsWith(bytes, p + 1, end, VERSION)) {
        return p;
      } else if (bytes[p] == '\'' && bytes[p + 1] == '\'' && bytes[p + 2] == '\'') {
        return p + 3;
      }
    }
    return NEED_MORE;
  }

  private int comment(int from) {
    if (from + 1 >= end) {
      return atEnd ? end : NEED_MORE;
    }
    if (bytes[from + 1] == '/') {
      int feed = ByteWindow.indexOf('\n', bytes, from, end);
      return feed < 0 ? NEED_MORE : feed;
    }
    if (bytes[from + 1] != '*') {
      return from + 1;
    }
    for (int p = from + 2; p + 1 < end; p++) {
      if (bytes[p] == '*' && bytes[p + 1] == '/') {
        return p + 2;
      } else if (bytes[p] == '\n' && JsonEnvelope.startsWith(bytes, p + 1, end, VERSION)) {
        return p;
      }
    }
    return NEED_MORE;
  }
}
