package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.List;

/**
 * Checks that each row comes behind the one before, as far as the values tell: the order of text is
 * the server's own. A key that does not tell rows apart, or that the server sorts otherwise, would
 * lose rows between pages, or read them for ever. Not thread-safe.
 */
final class KeyProgress {
  private static final String REMEDY =
      "The key may be finer than its type says, or not be what key-columns says it is: name all of"
          + " its columns, in order. Rows without a key of their own can be read with query.";

  private final String table;
  private final LindormSplit begin;
  private List<KeyValue> last;
  private long row;

  /**
   * @param begin whose position is the row before the first
   */
  KeyProgress(String table, LindormSplit begin) {
    this.table = table;
    this.begin = begin;
    this.last = begin.position();
    this.row = begin.rows();
  }

  /**
   * @throws ImportException (SOURCE) if this row is not behind the one before
   */
  void next(List<KeyValue> key) {
    int order = last.isEmpty() ? -1 : compare(key);
    if (order > 0) {
      throw wrong("does not give its rows in the order of their key");
    }
    if (order == 0) {
      throw wrong(
          row == begin.rows()
              ? "gave the same row again when asked for the rows behind it"
              : "has more than one row of the same key");
    }
    last = key;
    row++;
  }

  /** The row before with this one; of two texts the former counts as the lesser. */
  private int compare(List<KeyValue> key) {
    for (int i = 0; i < last.size(); i++) {
      KeyValue before = last.get(i);
      KeyValue value = key.get(i);
      if (before instanceof KeyValue.Text && !before.equals(value)) {
        return -1;
      }
      int compared = KeyOrder.INSTANCE.compare(before, value);
      if (compared != 0) {
        return begin.key().get(i).descending() ? -compared : compared;
      }
    }
    return 0;
  }

  private ImportException wrong(String problem) {
    return new ImportException(
        ErrorCode.SOURCE,
        "Table " + table + " " + problem + " (" + begin.splitId() + ", row " + row + ")",
        REMEDY);
  }
}
