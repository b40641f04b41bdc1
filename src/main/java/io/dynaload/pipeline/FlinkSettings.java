package io.dynaload.pipeline;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.jspecify.annotations.Nullable;

/**
 * The Flink settings that an import runs with: {@link #job} go with the job, {@link #cluster} with
 * a cluster of our own.
 */
final class FlinkSettings {
  /** Room to change the parallelism on resume; Flink cannot change this number itself. */
  private static final int MAX_PARALLELISM = 4096;

  /** Checkpoints that fail one after the other before the job is restarted. */
  private static final int TOLERATED_CHECKPOINT_FAILURES = 10;

  private static final long SEGMENT_BYTES = 8 << 10;
  private static final long LEAST_NETWORK_BYTES = 64L << 20;

  private FlinkSettings() {}

  /**
   * @param checkpoints the folder of this run's checkpoints
   * @param resumeFrom the checkpoint to go on from, or null
   */
  static Configuration job(
      PipelineConfig pipeline, String checkpoints, @Nullable String resumeFrom) {
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.NAME, pipeline.name());
    flink.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    checkpointing(flink, pipeline.checkpoint(), checkpoints);
    restarts(flink, pipeline.restart());
    if (resumeFrom != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, resumeFrom);
    }
    return flink;
  }

  private static void checkpointing(
      Configuration flink, CheckpointConfig checkpoint, String checkpoints) {
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoint.interval());
    flink.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, checkpoint.minPause());
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpoint.timeout());
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, checkpoints + "/" + RunFolder.SAVEPOINTS);
    flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, checkpoint.retained());
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERATED_CHECKPOINT_FAILURES);
    // A sink that is held to its rate keeps every buffer before it full: a barrier that waits for
    // them waits for minutes, so it overtakes them.
    flink.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    flink.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, checkpoint.alignedTimeout());
    // A finished subtask's counts are in no later checkpoint, so there must be no later one; the
    // enumerator lets the readers finish together, so this costs the last seconds only.
    flink.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
  }

  private static void restarts(Configuration flink, RestartConfig restart) {
    if (restart.attempts() == 0) {
      flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
      return;
    }
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofSeconds(1));
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofMinutes(1));
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, restart.attempts());
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        restart.resetAfter());
  }

  /** Every writer has a channel from every reader, of some four buffers at both ends. */
  private static MemorySize networkMemory(int slots) {
    long buffers = 4L * slots * slots + 32L * slots;
    return new MemorySize(Math.max(LEAST_NETWORK_BYTES, buffers * SEGMENT_BYTES));
  }

  /** Small buffers, made smaller still by debloating: little stands before a slow sink. */
  static Configuration cluster(int slots) {
    Configuration flink = new Configuration();
    flink.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(SEGMENT_BYTES));
    flink.set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, true);
    flink.set(TaskManagerOptions.BUFFER_DEBLOAT_TARGET, Duration.ofMillis(500));
    MemorySize network = networkMemory(slots);
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    // The code of a job in this process is the process's own; there is no class loader to leak.
    flink.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    flink.setString("rest.port", "0");
    flink.setString("rest.bind-port", "0");
    return flink;
  }
}
