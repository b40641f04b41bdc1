package io.dynaload.cli;

import io.dynaload.pipeline.LiveMetrics;

/** Where it is shown how far a run is. */
interface ProgressView {
  void show(LiveMetrics live);

  /** Nothing more is shown of it. */
  void end();
}
