package io.dynaload.pipeline;

import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an import can go on from.
 *
 * @param run whose step it goes on with
 * @param checkpoint to go on from; null where the run had none, and the step begins anew
 */
record ResumePoint(Path run, @Nullable Path checkpoint) {
  /** As a user names it. */
  @Override
  public String toString() {
    return (checkpoint == null ? run : checkpoint).toString();
  }
}
