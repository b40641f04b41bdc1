package io.dynaload.source.format;

/**
 * Finds where a row of CSV ends, by the same rules as the parser: a quote that begins a value hides
 * everything up to the next single quote. Keeps its state, so that a row may come in pieces. Not
 * thread-safe.
 */
final class CsvRows {
  private static final int VALUE_BEGINS = 0;
  private static final int BARE = 1;
  private static final int QUOTED = 2;
  private static final int QUOTE_IN_QUOTED = 3;

  /** States are numbered from 0, the one at a row's beginning. */
  static final int STATES = 4;

  private final byte delimiter;
  private final byte quote;
  private final boolean multiLine;
  private int state = VALUE_BEGINS;

  CsvRows(CsvOptions options) {
    delimiter = (byte) options.dialect().delimiter();
    quote = (byte) options.dialect().quote();
    multiLine = options.multiLine();
  }

  void begin() {
    state = VALUE_BEGINS;
  }

  /** Begins in the midst of a row. */
  void begin(int inState) {
    state = inState;
  }

  int state() {
    return state;
  }

  /** Passes over bytes that several rows may end in; whether one does. */
  boolean pass(byte[] bytes, int from, int to) {
    int rowStart = from;
    for (int end = endOfRow(bytes, from, to); end >= 0; end = endOfRow(bytes, rowStart, to)) {
      begin();
      rowStart = end + 1;
    }
    return rowStart > from;
  }

  /** Whether the row would go on if there were more. */
  boolean isQuoted() {
    return state == QUOTED;
  }

  /** Where the line feed is that ends the row, or -1 if it is not there. */
  int endOfRow(byte[] bytes, int from, int to) {
    int now = state;
    for (int p = from; p < to; p++) {
      byte c = bytes[p];
      if (now == QUOTED) {
        if (c == quote) {
          now = QUOTE_IN_QUOTED;
        } else if (c == '\n' && !multiLine) {
          return p;
        }
      } else if (c == '\n') {
        return p;
      } else if (c == delimiter) {
        now = VALUE_BEGINS;
      } else if (c == quote && now != BARE) {
        now = QUOTED;
      } else {
        now = BARE;
      }
    }
    state = now;
    return -1;
  }
}
