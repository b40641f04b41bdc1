package io.dynaload.pipeline;

import io.dynaload.pipeline.ImportRun.Work;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** One step of an import, ready to run: a job, which is submitted once. */
public final class PreparedStep {
  private final Work work;
  private final Topology topology;
  private final @Nullable Instant startedAt;

  /**
   * The job, before it is made.
   *
   * @param settings that go with it
   * @param pipeline adds its operators
   */
  record Topology(
      Configuration settings, int parallelism, Consumer<StreamExecutionEnvironment> pipeline) {
    StreamGraph in(StreamExecutionEnvironment flink) {
      flink.configure(settings, Topology.class.getClassLoader());
      flink.setParallelism(parallelism);
      pipeline.accept(flink);
      return flink.getStreamGraph();
    }
  }

  PreparedStep(Work work, Topology topology, @Nullable Instant startedAt) {
    this.work = work;
    this.topology = topology;
    this.startedAt = startedAt;
  }

  /** Makes the job, for a cluster that takes whole jobs. */
  JobGraph job() {
    return topology.in(new StreamExecutionEnvironment(new Configuration())).getJobGraph();
  }

  /** Makes the job, for the cluster of this environment. */
  StreamGraph job(StreamExecutionEnvironment flink) {
    return topology.in(flink);
  }

  int parallelism() {
    return topology.parallelism();
  }

  Work work() {
    return work;
  }

  /** What was done before it. */
  StepsDone before() {
    return work.before();
  }

  /** When the command submitted its first step; empty for that one. */
  Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  /** {@code step 2 of 4}; empty if the import has no other step. */
  public String label() {
    return work.steps() == 1 ? "" : "step " + (before().steps() + 1) + " of " + work.steps();
  }
}
