package io.dynaload.pipeline;

import io.dynaload.item.KeySchema;
import io.dynaload.sink.TargetTable;
import io.dynaload.source.SourceSchema;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An import whose source and target have been looked at and fit: ready to run. Making one writes
 * nothing but the target table, if that is missing and {@code create-table} says how to make it.
 */
public final class PreparedImport {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedImport.class);

  private final ImportFile file;
  private final SourceSchema schema;
  private final KeySchema keys;
  private final Checkpoints checkpoints;
  private final @Nullable Path resumeFrom;
  private @Nullable Path run;

  private PreparedImport(
      ImportFile file, SourceSchema schema, KeySchema keys, @Nullable Path resumeFrom) {
    this.file = file;
    this.schema = schema;
    this.keys = keys;
    this.checkpoints = checkpointsOf(file);
    this.resumeFrom = resumeFrom;
  }

  /**
   * Looks at the checkpoint, the source and the target, in this order.
   *
   * @param resume {@code latest}, a checkpoint's path, or null to begin anew
   * @throws io.dynaload.error.ImportException with the first thing that does not fit
   */
  public static PreparedImport prepare(ImportFile file, @Nullable String resume) {
    return prepare(file, resume, false);
  }

  /** The same, but a missing table is made with the source's key if the file says nothing of it. */
  public static PreparedImport prepareMakingTable(ImportFile file) {
    return prepare(file, null, true);
  }

  private static PreparedImport prepare(
      ImportFile file, @Nullable String resume, boolean guessKey) {
    Path resumeFrom = resume == null ? null : checkpointsOf(file).resume(resume, file.identity());
    SourceSchema schema = file.source().inspect();
    boolean guess = guessKey && !file.sink().createsTable();
    KeySchema keys =
        TargetTable.open(guess ? file.sink().creating(KeyGuess.of(schema)) : file.sink()).keys();
    KeyCheck.check(schema, file.sink().table(), keys);
    return new PreparedImport(file, schema, keys, resumeFrom);
  }

  private static Checkpoints checkpointsOf(ImportFile file) {
    return new Checkpoints(file.pipeline().checkpoint().directory(), file.pipeline().name());
  }

  /** Subtasks of every stage; the cluster needs as many slots. */
  public int parallelism() {
    return file.pipeline().parallelism();
  }

  /** The checkpoint that it goes on from. */
  public Optional<String> resumesFrom() {
    return Optional.ofNullable(resumeFrom).map(Path::toString);
  }

  /** The checkpoint that an earlier, unfinished run of this import left, if this one ignores it. */
  public Optional<String> unfinished() {
    return resumeFrom == null ? checkpoints.latest().map(Path::toString) : Optional.empty();
  }

  /** Makes the job, and the folder that its checkpoints will be in. */
  public JobGraph toJob() {
    Path folder = checkpoints.newRun(file.identity(), Instant.now());
    run = folder;
    StreamExecutionEnvironment flink =
        new StreamExecutionEnvironment(
            FlinkSettings.job(
                file.pipeline(),
                folder.toString(),
                resumeFrom == null ? null : resumeFrom.toString()));
    flink.setParallelism(file.pipeline().parallelism());
    ImportPipeline.build(flink, file.source(), schema, file.sink(), keys);
    return flink.getStreamGraph().getJobGraph();
  }

  /**
   * Clears the checkpoints away, once the import is done: this run's, and those of the run that it
   * went on from, so that nobody goes on from them once more.
   */
  public void clearCheckpoints() {
    try {
      if (run != null) {
        checkpoints.remove(run);
      }
      if (resumeFrom != null) {
        checkpoints.remove(Checkpoints.runOf(resumeFrom));
      }
    } catch (IOException e) {
      LOG.warn("The checkpoints of the finished import could not be removed", e);
    }
  }
}
