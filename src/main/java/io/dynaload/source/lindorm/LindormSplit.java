package io.dynaload.source.lindorm;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A range of a table's key, and how far it has been read. It carries the key that it was planned
 * by, so that its position means the same for ever.
 *
 * @param splitId of the plan's n-th split, the same at every run of one configuration
 * @param position the key of the last row that was emitted, a value for each key column; empty at
 *     the beginning
 * @param rows how many were emitted
 */
record LindormSplit(
    String splitId, List<KeyColumn> key, KeyRange range, List<KeyValue> position, long rows)
    implements SourceSplit {
  LindormSplit {
    key = List.copyOf(key);
    position = List.copyOf(position);
  }

  static LindormSplit unread(String splitId, List<KeyColumn> key, KeyRange range) {
    return new LindormSplit(splitId, key, range, List.of(), 0);
  }

  /** Behind the row with this key, which was the {@code rows}-th. */
  LindormSplit at(List<KeyValue> lastKey, long rows) {
    return new LindormSplit(splitId, key, range, lastKey, rows);
  }

  /** Whether its range is a slice of this column, bounded on both sides. */
  boolean isSliceOf(String column) {
    int ranged = range.prefix().size();
    return ranged < key.size()
        && key.get(ranged).name().equals(column)
        && range.lower() != null
        && range.upper() != null;
  }
}
