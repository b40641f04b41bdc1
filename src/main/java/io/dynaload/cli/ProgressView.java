package io.dynaload.cli;

import io.dynaload.metrics.Count;
import io.dynaload.pipeline.LiveMetrics;
import java.util.Map;

/** Where it is shown how far a run is. */
interface ProgressView {
  /**
   * @param counts of the whole import, of which {@code live} may be a step
   */
  void show(LiveMetrics live, Map<Count, Long> counts);

  /** Nothing more is shown of it. */
  void end();
}
