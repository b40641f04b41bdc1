package io.dynaload.pipeline;

import io.dynaload.deadletter.DeadLetterStore;
import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.deadletter.LetterIndex;
import io.dynaload.deadletter.RunLetters;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.pipeline.ImportPipeline.Target;
import io.dynaload.pipeline.ImportPipeline.Transforming;
import io.dynaload.sink.TargetTable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The dead letters of an import, all of them read and found well-formed, and its target: ready to
 * be replayed. The source is not touched. A replay that does not come to its end has not been: the
 * next one begins anew.
 */
public final class PreparedReplay implements AutoCloseable {
  private final ImportFile file;
  private final DeadLetterStore store;
  private final List<String> letterFiles;
  private final LetterIndex index;
  private final Target target;
  private final Checkpoints checkpoints;
  private final Path run;

  /** What is to be replayed. */
  private record Found(DeadLetterStore store, List<String> files, LetterIndex index) {}

  private PreparedReplay(
      ImportFile file, Found found, Target target, Checkpoints checkpoints, Path run) {
    this.file = file;
    this.store = found.store();
    this.letterFiles = found.files();
    this.index = found.index();
    this.target = target;
    this.checkpoints = checkpoints;
    this.run = run;
  }

  /**
   * Looks at the letters and at the target.
   *
   * @return empty if there is nothing to replay
   * @throws ImportException with the first thing that does not fit
   */
  public static Optional<PreparedReplay> prepare(ImportFile file) {
    PipelineConfig pipeline = file.pipeline();
    DeadLetterStore store = pipeline.deadLetters().store(pipeline.name());
    List<String> files = store.toReplay();
    LetterIndex index = index(files);
    if (index.size() == 0) {
      return Optional.empty();
    }
    // One level further down than the import's, so that none of them is taken for one of those.
    Checkpoints checkpoints =
        new Checkpoints(pipeline.checkpoint().directory(), pipeline.name() + "/replays");
    Path run = checkpoints.newRun(file.identity(), Instant.now());
    try {
      RunLetters letters = store.ofReplay(run.getName());
      store.checkWritable(letters);
      Target target = new Target(file.sink(), TargetTable.open(file.sink()).keys(), letters);
      return Optional.of(
          new PreparedReplay(file, new Found(store, files, index), target, checkpoints, run));
    } catch (RuntimeException e) {
      checkpoints.remove(run);
      throw e;
    }
  }

  private static LetterIndex index(List<String> files) {
    try {
      return LetterIndex.of(files);
    } catch (IOException e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The dead letters cannot be read: " + e.getMessage(),
          "Check pipeline.dead-letters.directory, and that this process may read there.",
          e);
    }
  }

  /** How many letters are replayed. */
  public long letters() {
    return index.size();
  }

  /** How many of them hold what the source could not read: they are rejected again. */
  public long lettersWithoutItem() {
    return index.withoutItem();
  }

  /** How many files they are in. */
  public int files() {
    return letterFiles.size();
  }

  /** Subtasks of every stage; the cluster needs as many slots. */
  public int parallelism() {
    return file.pipeline().parallelism();
  }

  /** How many items may be rejected again. */
  public ErrorBudget errorBudget() {
    return file.pipeline().deadLetters().budget();
  }

  /** The folder of what is rejected again. */
  public String deadLetters() {
    return target.letters().folder();
  }

  public JobGraph toJob() {
    StreamExecutionEnvironment flink =
        new StreamExecutionEnvironment(FlinkSettings.job(file.pipeline(), run.toString(), null));
    flink.setParallelism(file.pipeline().parallelism());
    ImportPipeline.buildReplay(
        flink,
        letterFiles,
        index,
        new Transforming(file.transform(), file.source(), new RunFolder(run).now()),
        target);
    return flink.getStreamGraph().getJobGraph();
  }

  /** Marks the letters as replayed, once the job has come to its end. */
  public void markReplayed() {
    store.replayed(letterFiles, target.letters());
  }

  /** Clears its checkpoints away. */
  @Override
  public void close() {
    checkpoints.remove(run);
  }
}
