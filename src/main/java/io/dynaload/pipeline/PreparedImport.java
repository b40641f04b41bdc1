package io.dynaload.pipeline;

import io.dynaload.aws.AwsConfig;
import io.dynaload.cloudwatch.CloudWatchPublisher;
import io.dynaload.cloudwatch.ClusterId;
import io.dynaload.cloudwatch.PublishedRun;
import io.dynaload.deadletter.DeadLetterStore;
import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.KeySchema;
import io.dynaload.metrics.RunFigures;
import io.dynaload.pipeline.ImportPipeline.Target;
import io.dynaload.pipeline.ImportPipeline.Transforming;
import io.dynaload.pipeline.ImportRun.Work;
import io.dynaload.pipeline.PreparedStep.Topology;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.sink.TargetTable;
import io.dynaload.sink.WriteMode;
import io.dynaload.source.ImportSource;
import io.dynaload.source.ImportSource.Found;
import io.dynaload.source.SourceSchema;
import io.dynaload.transform.Transform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An import whose source, target and checkpoints have been looked at and fit: ready to run, step by
 * step. Making one writes nothing but the folder of its checkpoints (and, for a moment, a file
 * among the dead letters) and, at the very last, the target table, if that is missing and {@code
 * create-table} says how to make it.
 */
public final class PreparedImport {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedImport.class);

  private final ImportFile file;
  private final List<Step> steps;
  private final TargetTable table;
  private final Checkpoints checkpoints;
  private final Path run;
  private final @Nullable ResumePoint resumeFrom;

  private record Step(ImportSource source, SourceSchema schema, Transform transform) {
    Routes routes(KeySchema keys) {
      return ImportPipeline.routes(source, schema, transform, keys);
    }

    /** What is known of the items that come to the sink. */
    SourceSchema outcome() {
      return new SourceSchema(transform.outcome(schema.attributes()), schema.keys());
    }
  }

  /** What a source was found to read, and the steps that read it. */
  private record Inspected(Found found, List<Step> steps) {
    static Inspected of(ImportFile file, @Nullable ResumePoint from) {
      Found found = Findings.of(file, from);
      List<String> wanted = file.transform().attributes();
      return new Inspected(
          found,
          file.source().of(found).steps().stream()
              .map(each -> wanted.isEmpty() ? each : each.project(wanted))
              .map(each -> new Step(each, each.inspect(), file.transform()))
              .toList());
    }
  }

  private PreparedImport(
      ImportFile file,
      List<Step> steps,
      TargetTable table,
      Path run,
      @Nullable ResumePoint resumeFrom) {
    this.file = file;
    this.steps = steps;
    this.table = table;
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
    ResumePoint resumeFrom = resume == null ? null : checkpoints.resume(resume, file.identity());
    return prepare(file, Inspected.of(file, resumeFrom), resumeFrom);
  }

  /** The same for one that goes on from where it has come to, if it has come anywhere. */
  public static PreparedImport prepareToGoOn(ImportFile file) {
    return prepare(file, checkpointsOf(file).latest().isPresent() ? "latest" : null);
  }

  /** The same, for a trial: a missing table is made with the source's key if the file says none. */
  public static PreparedImport prepareTrial(ImportFile file) {
    Inspected source = Inspected.of(file, null);
    if (file.sink().createTable() != null) {
      return prepare(file, source, null);
    }
    KeySchema guessed = KeyGuess.of(source.steps().get(0).outcome());
    return prepare(file.withSink(file.sink().creating(guessed)), source, null);
  }

  /**
   * The same for a run whose folder is there already. It is left there if something does not fit,
   * and may have been prepared before.
   *
   * @param resumeFrom the point that it was made to go on from, or null
   */
  static PreparedImport prepareRun(ImportFile file, Path run, @Nullable ResumePoint resumeFrom) {
    boolean hasFound = !new RunFolder(run).found().isEmpty();
    Inspected source = Inspected.of(file, hasFound ? new ResumePoint(run, null) : resumeFrom);
    check(file, source.steps(), run);
    if (!hasFound) {
      new RunFolder(run).found(source.found().names());
    }
    return open(file, source.steps(), run, resumeFrom);
  }

  private static PreparedImport prepare(
      ImportFile file, Inspected source, @Nullable ResumePoint resumeFrom) {
    List<Step> steps = source.steps();
    Checkpoints checkpoints = checkpointsOf(file);
    check(file, steps, resumeFrom == null ? null : resumeFrom.run());
    Path run = checkpoints.newRun(file.identity(), Instant.now());
    try {
      if (resumeFrom != null) {
        new RunFolder(run).goesOn(resumeFrom);
      }
      new RunFolder(run).found(source.found().names());
      return open(file, steps, run, resumeFrom);
    } catch (RuntimeException e) {
      checkpoints.remove(run);
      throw e;
    }
  }

  /** What can be said before the target is looked at. */
  private static void check(ImportFile file, List<Step> steps, @Nullable Path doneBy) {
    if (doneBy != null && new RunFolder(doneBy).done().steps() >= steps.size()) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The source has fewer steps (" + steps.size() + ") than are done at " + doneBy,
          "Put back what was there, or start anew without --resume.");
    }
    DynamoDbSinkConfig sink = file.sink();
    for (Step step : steps) {
      WriteModeCheck.deletes(step.source().traits(), sink);
      WriteModeCheck.version(step.outcome(), sink);
      if (sink.createTable() != null) {
        // Before the table is made: one with a key that no row has would be in the way.
        KeyCheck.check(step.outcome(), sink.table(), sink.createTable().keys());
      }
    }
  }

  private static PreparedImport open(
      ImportFile file, List<Step> steps, Path run, @Nullable ResumePoint resumeFrom) {
    DeadLetterStore store = storeOf(file);
    store.checkWritable(store.ofRun(run.getName(), new RunFolder(run).firstRun()));
    TargetTable table = TargetTable.open(file.sink());
    for (Step step : steps) {
      SameTableCheck.check(step.source(), table.address());
      KeyCheck.check(step.outcome(), file.sink().table(), table.keys());
    }
    Step first = steps.get(new RunFolder(run).done().steps());
    new RunFolder(run).route(first.routes(table.keys()), resumeFrom);
    return new PreparedImport(file, steps, table, run, resumeFrom);
  }

  static Checkpoints checkpointsOf(ImportFile file) {
    return new Checkpoints(file.pipeline().checkpoint().directory(), file.pipeline().folder());
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
    List<String> warnings = new ArrayList<>();
    for (Step step : steps) {
      warnings.addAll(step.schema().warnings());
      if (file.sink().writing().mode().mode() != WriteMode.NEWER_WINS) {
        warnings.addAll(step.schema().undecided());
      }
      Routes.warning(step.schema(), file.sink(), table.keys(), step.transform().changes())
          .ifPresent(warnings::add);
    }
    warnings.addAll(table.warnings());
    return warnings.stream().distinct().toList();
  }

  /** Where it goes on from: a checkpoint, or the run that began a step. */
  public Optional<String> resumesFrom() {
    return Optional.ofNullable(resumeFrom).map(ResumePoint::toString);
  }

  /** Where this import has come to, by this run or an earlier one, if that was put down. */
  public Optional<String> newestCheckpoint() {
    return checkpoints.latest().map(ResumePoint::toString);
  }

  /** How many items may be rejected. */
  public ErrorBudget errorBudget() {
    return file.pipeline().deadLetters().budget();
  }

  /** The folder of the dead letters: this run's, or the import's if it is more than one run. */
  public String deadLetters() {
    return resumeFrom == null && steps.size() == 1
        ? storeOf(file).ofRun(run.getName(), run.getName()).folder()
        : storeOf(file).toString();
  }

  /**
   * Begins to publish its figures to CloudWatch.
   *
   * @param figures of the whole import
   * @return empty if the file does not ask for it
   */
  public Optional<CloudWatchPublisher> publish(Supplier<RunFigures> figures) {
    if (!file.pipeline().cloudWatch()) {
      return Optional.empty();
    }
    PublishedRun published =
        new PublishedRun(
            file.pipeline().name(), run.getName(), ClusterId.ofThisHost().orElse(null));
    // The job's own credentials: a role that may write the table need not publish anything.
    AwsConfig where = new AwsConfig(file.sink().aws().region(), null, null);
    return Optional.of(CloudWatchPublisher.start(published, where, figures));
  }

  /** The step to begin with. */
  public PreparedStep firstStep() {
    return step(
        run, resumeFrom == null ? null : resumeFrom.checkpoint(), new RunFolder(run).done(), null);
  }

  /** The job of the step to begin with. */
  public JobGraph toJob() {
    return firstStep().job();
  }

  /**
   * The step that comes next, once the result of the one before is whole: from now on, this import
   * goes on with it.
   *
   * @return empty behind the last step
   */
  public Optional<PreparedStep> next(PreparedStep step, ImportRun.Result result) {
    return nextRun(step, result)
        .map(next -> step(next, null, new RunFolder(next).done(), result.report().startedAt()));
  }

  /** The same for a step that another process prepares: the folder of its run. */
  Optional<Path> nextRun(PreparedStep step, ImportRun.Result result) {
    int done = step.before().steps() + 1;
    if (done == steps.size()) {
      return Optional.empty();
    }
    StepsDone before = new StepsDone(done, result.counts());
    Path next = checkpoints.newStep(run, file.identity(), before);
    new RunFolder(next).route(steps.get(done).routes(table.keys()), null);
    return Optional.of(next);
  }

  private PreparedStep step(
      Path stepRun, @Nullable Path checkpoint, StepsDone before, @Nullable Instant startedAt) {
    Target target =
        new Target(
            file.sink(),
            table.keys(),
            storeOf(file).ofRun(stepRun.getName(), new RunFolder(stepRun).firstRun()));
    Step step = steps.get(before.steps());
    Transforming transforming =
        new Transforming(step.transform(), file.source(), new RunFolder(stepRun).now());
    Configuration settings =
        FlinkSettings.job(
            file.pipeline(), stepRun.toString(), checkpoint == null ? null : checkpoint.toString());
    return new PreparedStep(
        new Work(file.pipeline().name(), before, steps.size()),
        new Topology(
            settings,
            file.pipeline().parallelism(),
            flink ->
                ImportPipeline.build(flink, step.source(), step.schema(), transforming, target)),
        startedAt);
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
