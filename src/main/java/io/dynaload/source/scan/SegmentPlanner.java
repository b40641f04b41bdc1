package io.dynaload.source.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Cuts tables into splits of a few segments each. There are far more segments than readers, so that
 * slow ones even out; and they come in an order that is mixed, over each table's keys and over the
 * tables, so that the readers do not all ask the same partition. The same at every run.
 */
final class SegmentPlanner {
  /** Calls of one reader at a time. */
  static final int SEGMENTS_OF_A_SPLIT = 4;

  private static final int SPLITS_OF_A_READER = 8;
  private static final long SEGMENT_BYTES = 256L << 20;
  private static final long SEED = 1;

  private SegmentPlanner() {}

  static List<ScanSplit> plan(List<SourceTable> tables, SegmentsConfig config, int parallelism) {
    List<ScanSplit> splits = new ArrayList<>();
    for (SourceTable table : tables) {
      splits.addAll(splits(table, config, parallelism));
    }
    Collections.shuffle(splits, new Random(SEED));
    return splits;
  }

  private static List<ScanSplit> splits(SourceTable table, SegmentsConfig config, int parallelism) {
    int total = config.total() == 0 ? total(table.bytes(), parallelism) : config.total();
    List<Integer> numbers =
        new ArrayList<>(
            config.only().isEmpty() ? IntStream.range(0, total).boxed().toList() : config.only());
    Collections.shuffle(numbers, new Random(SEED));
    int size = Math.max(1, Math.min(SEGMENTS_OF_A_SPLIT, numbers.size() / parallelism));
    List<ScanSplit> splits = new ArrayList<>();
    for (int from = 0; from < numbers.size(); from += size) {
      List<Segment> segments =
          numbers.subList(from, Math.min(from + size, numbers.size())).stream()
              .map(Segment::unread)
              .toList();
      String id = table.name() + "#" + splits.size();
      splits.add(new ScanSplit(id, table.name(), table.position(), total, segments));
    }
    return splits;
  }

  /** The table's size is an estimate, and 0 of a table that is new. */
  static int total(long bytes, int parallelism) {
    long byReaders = (long) parallelism * SPLITS_OF_A_READER * SEGMENTS_OF_A_SPLIT;
    long bySize = bytes / SEGMENT_BYTES;
    return (int) Math.min(SegmentsConfig.MOST, Math.max(byReaders, bySize));
  }
}
