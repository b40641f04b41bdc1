package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.util.List;

/**
 * How a table's key lets the time range be cut into ranges of the first key column, each of which
 * Lindorm reads without looking at the rows of another.
 */
sealed interface KeyLayout {
  /** How a layout is cut; the layouts without ends of their own ask the table. */
  record Request(TimestampRange timestamps, int count, KeyEnds ends) {}

  /** Ranges of the first key column that together hold every row of the time range, each once. */
  List<KeyRange> ranges(Request request) throws IOException;

  /** Rows are stored by time: slices of the time range. */
  record TimestampFirst() implements KeyLayout {
    @Override
    public List<KeyRange> ranges(Request request) {
      return Slices.ofTime(request.timestamps(), request.count());
    }
  }

  /**
   * Rows are stored by a number: ranges of that number. Slices of time would each read the whole
   * table; here every statement filters by time within its own range.
   */
  record NumberFirst(KeyColumn first) implements KeyLayout {
    @Override
    public List<KeyRange> ranges(Request request) throws IOException {
      return request
          .ends()
          .find(first)
          .map(ends -> Slices.ofNumbers(ends, request.count()))
          .orElse(List.of());
    }
  }

  /**
   * The layout of a table with this key.
   *
   * @throws ImportException (CONFIGURATION) if the key allows no split that Lindorm reads
   *     efficiently
   */
  static KeyLayout of(String table, List<KeyColumn> key, String timestampColumn) {
    KeyColumn first = key.get(0);
    if (first.name().equals(timestampColumn)) {
      return new TimestampFirst();
    }
    return switch (first.type()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> new NumberFirst(first);
      case FLOAT, DOUBLE, BOOLEAN, TEXT, BINARY, DATE, TIME, TIMESTAMP ->
          throw new ImportException(
              ErrorCode.CONFIGURATION,
              "Table "
                  + table
                  + " cannot be cut into parts by its primary key: the first key column "
                  + first.name()
                  + " ("
                  + first.type()
                  + ") is neither the timestamp column "
                  + timestampColumn
                  + " nor an integer or DECIMAL, so each part would be a scan of the whole table,"
                  + " which Lindorm refuses",
              "Read a table whose primary key begins with the timestamp column or with a number.");
    };
  }
}
