package io.dynaload.cli;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import io.dynaload.metrics.RunFigures;
import io.dynaload.pipeline.LiveMetrics;
import java.util.Map;

/** The figures of a run in another process, as they were told of late. */
record ShownFigures(RunFigures figures) implements LiveMetrics {
  @Override
  public Map<Count, Long> counts() {
    return figures.counts();
  }

  @Override
  public boolean isWhole(int parallelism) {
    return figures.isWhole();
  }

  @Override
  public double figure(String name) {
    return switch (name) {
      case MetricNames.PROGRESS -> figures.progress();
      case MetricNames.ESTIMATED_ITEMS -> figures.estimatedItems();
      case MetricNames.WRITE_LIMIT -> figures.writeLimit();
      default -> 0;
    };
  }
}
