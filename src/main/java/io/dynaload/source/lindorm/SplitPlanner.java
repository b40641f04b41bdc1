package io.dynaload.source.lindorm;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the configured time range into splits. Many more than readers by default, so that an uneven
 * spread of rows over the splits does not leave readers idle at the end.
 */
final class SplitPlanner {
  private static final int LEAST_SPLITS = 64;
  private static final int SPLITS_A_READER = 8;

  private final LindormConfig config;
  private final KeyEnds ends;

  SplitPlanner(LindormConfig config, KeyEnds ends) {
    this.config = config;
    this.ends = ends;
  }

  List<LindormSplit> plan(List<KeyColumn> key, int parallelism) throws SQLException {
    Integer configured = config.splits().splitCount();
    int count =
        configured == null ? Math.max(LEAST_SPLITS, SPLITS_A_READER * parallelism) : configured;
    List<KeyRange> ranges =
        KeyLayout.of(config, key)
            .ranges(new KeyLayout.Request(config.filter().range(), count, ends));
    List<LindormSplit> splits = new ArrayList<>(ranges.size());
    for (KeyRange range : ranges) {
      splits.add(LindormSplit.unread("split-" + splits.size(), key, range));
    }
    return splits;
  }
}
