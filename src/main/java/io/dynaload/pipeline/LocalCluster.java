package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.pipeline.ImportRun.Work;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;

/** A Flink cluster in this process, with as many slots as one import needs. */
public final class LocalCluster implements AutoCloseable {
  private static final int MOST_SLOTS = 128;

  private final String id;
  private final MiniCluster cluster;

  private LocalCluster(String id, MiniCluster cluster) {
    this.id = id;
    this.cluster = cluster;
  }

  /**
   * Starts it.
   *
   * @param taskManagers how many; each in this process
   * @param slots of each, at least parallelism ÷ taskManagers
   */
  public static LocalCluster start(int taskManagers, int slots) {
    String id = UUID.randomUUID().toString();
    if (slots > MOST_SLOTS) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "pipeline.parallelism: " + slots + " is more than one process can run",
          "Set it to at most " + MOST_SLOTS + " here; a few for each core are enough.");
    }
    Configuration flink = FlinkSettings.cluster(slots);
    ReportedMetrics.settings(id).forEach(flink::setString);
    FileSystems.load();
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new ImportException(
          ErrorCode.INTERNAL,
          "Flink could not be started in this process: " + e.getMessage(),
          "See the log; --verbose shows where it failed.",
          e);
    }
    return new LocalCluster(id, cluster);
  }

  /** Submits a job and returns once the cluster has taken it. */
  public ImportRun submit(JobGraph job) throws InterruptedException {
    return submit(job, new Work(job.getName(), StepsDone.NONE, 1), Instant.now());
  }

  /** Submits a step of an import and returns once the cluster has taken it. */
  public ImportRun submit(PreparedStep step) throws InterruptedException {
    return submit(step.job(), step.work(), step.startedAt().orElseGet(Instant::now));
  }

  private ImportRun submit(JobGraph job, Work work, Instant startedAt) throws InterruptedException {
    try {
      cluster.submitJob(job).get();
    } catch (ExecutionException e) {
      throw JobFailures.classified(e, ImportRun.class.getClassLoader());
    }
    LiveMetrics live = ReportedMetrics.ofCluster(id).ofJob(job.getJobID());
    return new ImportRun(
        new LocalJob(cluster, job, live), job.getMaximumParallelism(), work, startedAt);
  }

  /** Flink's own handle, for what a user has no need of: tests stop TaskManagers with it. */
  public MiniCluster flink() {
    return cluster;
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception e) {
      // The run is over and reported; what could not be closed ends with the process.
    } finally {
      ReportedMetrics.forget(id);
    }
  }
}
