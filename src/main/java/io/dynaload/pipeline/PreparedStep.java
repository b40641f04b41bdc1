package io.dynaload.pipeline;

import java.time.Instant;
import java.util.Optional;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.jspecify.annotations.Nullable;

/** One step of an import, ready to run: a job, which is submitted once. */
public final class PreparedStep {
  private final JobGraph job;
  private final StepsDone before;
  private final int of;
  private final @Nullable Instant startedAt;

  PreparedStep(JobGraph job, StepsDone before, int of, @Nullable Instant startedAt) {
    this.job = job;
    this.before = before;
    this.of = of;
    this.startedAt = startedAt;
  }

  JobGraph job() {
    return job;
  }

  /** What was done before it. */
  StepsDone before() {
    return before;
  }

  /** When the command submitted its first step; empty for that one. */
  Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  /** {@code step 2 of 4}; empty if the import has no other step. */
  public String label() {
    return of == 1 ? "" : "step " + (before.steps() + 1) + " of " + of;
  }
}
