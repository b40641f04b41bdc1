package io.dynaload.source.format;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the first row that begins at a byte of a file, or behind it, though quoted values may hold
 * line ends. It looks back from there and supposes in turn everything that a row can be in the
 * midst of at the place where the look begins. Mostly a few values later all of it comes to the
 * same, which then holds whatever stands further in front; if not, it looks back further, if need
 * be to the file's beginning. Stateless.
 *
 * <p>From the second look on, which is of {@link #LONGEST_ROW} bytes, it takes for granted that no
 * row is longer than the look. Whoever reads the part before knows how its last row ended, and can
 * tell whether that held.
 */
final class CsvRowFinder {
  private static final int FIRST_LOOK = 64 << 10;
  private static final int FURTHER = 16;

  /** Such a row is no item: that has 400 KB at most. */
  static final int LONGEST_ROW = FURTHER * FIRST_LOOK;

  private final CsvOptions options;
  private final int firstLook;

  CsvRowFinder(CsvOptions options) {
    this(options, FIRST_LOOK);
  }

  CsvRowFinder(CsvOptions options, int firstLook) {
    this.options = options;
    this.firstLook = firstLook;
  }

  /**
   * Opens the file where the row begins, or at its end if there is none.
   *
   * @param at a byte of the file, or its end
   */
  ByteWindow open(FileBytes file, long at) throws IOException {
    for (long look = firstLook; ; look *= FURTHER) {
      // Not within a byte order mark, behind which a value begins.
      long from = at - 1 - look < 4 ? 0 : at - 1 - look;
      ByteWindow window = from == 0 ? fromStart(file) : new ByteWindow(file.openAt(from), from);
      if (window.offset() >= at) {
        return window;
      }
      List<Supposition> suppositions = suppositions(from == 0);
      pass(window, at - 1, suppositions);
      if (look > firstLook) {
        suppositions = suppositions.stream().filter(each -> each.hasEndedARow).toList();
      }
      int[] states = suppositions.stream().mapToInt(each -> each.rows.state()).distinct().toArray();
      if (states.length == 1) {
        dropRow(window, states[0]);
        return window;
      }
      window.close();
    }
  }

  private static ByteWindow fromStart(FileBytes file) throws IOException {
    ByteWindow window = new ByteWindow(file.openAt(0), 0);
    window.dropByteOrderMark();
    return window;
  }

  /** What a row is in the midst of, where the look begins, and what that has come to. */
  private static final class Supposition {
    private final CsvRows rows;
    private boolean hasEndedARow;

    Supposition(CsvOptions options, int state) {
      rows = new CsvRows(options);
      rows.begin(state);
    }
  }

  private List<Supposition> suppositions(boolean isFileStart) {
    return IntStream.range(0, isFileStart ? 1 : CsvRows.STATES)
        .mapToObj(state -> new Supposition(options, state))
        .toList();
  }

  private static void pass(ByteWindow window, long to, List<Supposition> suppositions)
      throws IOException {
    while (window.offset() < to) {
      int count = (int) Math.min(window.length(), to - window.offset());
      for (Supposition each : suppositions) {
        each.hasEndedARow |= each.rows.pass(window.bytes(), window.start(), window.start() + count);
      }
      window.drop(count);
      if (count == 0 && !window.more()) {
        return;
      }
    }
  }

  /** Drops what is left of the row that reaches up to here. */
  private void dropRow(ByteWindow window, int state) throws IOException {
    CsvRows rows = new CsvRows(options);
    rows.begin(state);
    while (true) {
      int end = rows.endOfRow(window.bytes(), window.start(), window.end());
      if (end >= 0) {
        window.drop(end + 1 - window.start());
        return;
      }
      window.drop(window.length());
      if (!window.more()) {
        return;
      }
    }
  }
}
