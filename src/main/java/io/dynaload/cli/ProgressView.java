package io.dynaload.cli;

import io.dynaload.pipeline.ImportRun;

/** Where it is shown how far a run is. */
interface ProgressView {
  void show(ImportRun run);

  /** Nothing more is shown of it. */
  void end();
}
