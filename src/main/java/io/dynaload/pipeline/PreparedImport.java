package io.dynaload.pipeline;

import io.dynaload.deadletter.DeadLetterStore;
import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.deadletter.RunLetters;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeySchema;
import io.dynaload.pipeline.ImportPipeline.Target;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.TargetTable;
import io.dynaload.source.SourceSchema;
import io.dynaload.transform.Transform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An import whose source, target and checkpoints have been looked at and fit: ready to run. Making
 * one writes nothing but the folder of its checkpoints (and, for a moment, a file among the dead
 * letters) and, at the very last, the target table, if that is missing and {@code create-table}
 * says how to make it.
 */
public final class PreparedImport {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedImport.class);

  private final ImportFile file;
  private final Findings findings;
  private final Target target;
  private final Checkpoints checkpoints;
  private final Path run;
  private final @Nullable Path resumeFrom;

  /** What was found out about both ends. */
  private record Findings(SourceSchema schema, List<String> warnings) {
    static Findings of(SourceSchema schema, TargetTable table) {
      return new Findings(
          schema, Stream.concat(schema.warnings().stream(), table.warnings().stream()).toList());
    }
  }

  private PreparedImport(
      ImportFile file, Findings findings, Target target, Path run, @Nullable Path resumeFrom) {
    this.file = file;
    this.findings = findings;
    this.target = target;
    this.checkpoints = checkpointsOf(file);
    this.run = run;
    this.resumeFrom = resumeFrom;
  }

  /**
   * Looks at the checkpoint, the source, the dead letters' folder and the target, in this order.
   *
   * @param resume {@code latest}, a checkpoint's path, or null to begin anew
   * @throws io.dynaload.error.ImportException with the first thing that does not fit
   */
  public static PreparedImport prepare(ImportFile file, @Nullable String resume) {
    Checkpoints checkpoints = checkpointsOf(file);
    Path resumeFrom = resume == null ? null : checkpoints.resume(resume, file.identity());
    SourceSchema schema = file.source().inspect();
    DynamoDbSinkConfig sink = file.sink();
    WriteModeCheck.version(schema, sink);
    if (sink.createTable() != null) {
      // Before the table is made: one with a key that no row has would be in the way.
      KeyCheck.check(schema, sink.table(), sink.createTable().keys());
    }
    Path run = checkpoints.newRun(file.identity(), Instant.now());
    try {
      if (resumeFrom != null) {
        checkpoints.goesOn(run, resumeFrom);
      }
      DeadLetterStore store = storeOf(file);
      RunLetters letters = store.ofRun(run.getName(), checkpoints.firstRun(run));
      store.checkWritable(letters);
      TargetTable table = TargetTable.open(sink);
      KeyCheck.check(schema, sink.table(), table.keys());
      Routes routes = ImportPipeline.routes(file.source(), schema, table.keys());
      LOG.debug("Items go {}", routes);
      checkpoints.route(run, routes, resumeFrom);
      Target target = new Target(sink, table.keys(), letters);
      Findings findings = Findings.of(schema, table);
      return new PreparedImport(file, findings, target, run, resumeFrom);
    } catch (RuntimeException e) {
      checkpoints.remove(run);
      throw e;
    }
  }

  /** The same, for a trial: a missing table is made with the source's key if the file says none. */
  public static PreparedImport prepareTrial(ImportFile file) {
    if (file.sink().createTable() != null) {
      return prepare(file, null);
    }
    KeySchema guessed = KeyGuess.of(file.source().inspect());
    return prepare(file.withSink(file.sink().creating(guessed)), null);
  }

  private static Checkpoints checkpointsOf(ImportFile file) {
    return new Checkpoints(file.pipeline().checkpoint().directory(), file.pipeline().name());
  }

  private static DeadLetterStore storeOf(ImportFile file) {
    return file.pipeline().deadLetters().store(file.pipeline().name());
  }

  /** Subtasks of every stage; the cluster needs as many slots. */
  public int parallelism() {
    return file.pipeline().parallelism();
  }

  /** What was found worth a word before the run. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(findings.warnings());
    Routes.warning(findings.schema(), target.config(), target.keys(), Transform.changes())
        .ifPresent(warnings::add);
    return warnings;
  }

  /** The checkpoint that it goes on from. */
  public Optional<String> resumesFrom() {
    return Optional.ofNullable(resumeFrom).map(Path::toString);
  }

  /** The newest checkpoint of this import, of this run or an earlier one. */
  public Optional<String> newestCheckpoint() {
    return checkpoints.latest().map(Path::toString);
  }

  /** How many items may be rejected. */
  public ErrorBudget errorBudget() {
    return file.pipeline().deadLetters().budget();
  }

  /** The folder of the dead letters: this run's, or the import's if it goes on from another run. */
  public String deadLetters() {
    return resumeFrom == null ? target.letters().folder() : storeOf(file).toString();
  }

  public JobGraph toJob() {
    StreamExecutionEnvironment flink =
        new StreamExecutionEnvironment(
            FlinkSettings.job(
                file.pipeline(),
                run.toString(),
                resumeFrom == null ? null : resumeFrom.toString()));
    flink.setParallelism(file.pipeline().parallelism());
    ImportPipeline.build(flink, file.source(), findings.schema(), target);
    return flink.getStreamGraph().getJobGraph();
  }

  /**
   * Clears away the checkpoints of all runs of this import, once it is done, so that nobody goes on
   * from one of them.
   */
  public void clearCheckpoints() {
    try {
      checkpoints.removeAll(file.identity());
    } catch (ImportException e) {
      LOG.warn("The checkpoints of the finished import could not be removed", e);
    }
  }
}
