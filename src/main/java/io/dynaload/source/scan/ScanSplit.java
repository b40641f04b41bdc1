package io.dynaload.source.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A few segments of a table that one reader reads at a time, so that some of its calls are always
 * under way. They lie far from each other, so that they do not ask the same partition.
 *
 * @param splitId of the plan's n-th split
 * @param position the names of the attributes that a position is made of
 * @param total segments that the table is cut into
 */
record ScanSplit(
    String splitId, String table, List<String> position, int total, List<Segment> segments)
    implements SourceSplit {
  ScanSplit {
    position = List.copyOf(position);
    segments = List.copyOf(segments);
  }

  /** The same with one of its segments read on. */
  ScanSplit with(int index, Segment segment) {
    List<Segment> changed = new ArrayList<>(segments);
    changed.set(index, segment);
    return new ScanSplit(splitId, table, position, total, changed);
  }

  /** Where the items of a segment come from. */
  String unit(int index) {
    return table + "/" + segments.get(index).number() + "-of-" + total;
  }

  /** The table of a {@linkplain #unit unit}; the name of a table has no slash. */
  static String tableOf(String unit) {
    return unit.substring(0, Math.max(0, unit.indexOf('/')));
  }
}
