package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.RunFigures;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run of an import: what stands in it besides Flink's checkpoints, and what that
 * says; {@link Checkpoints} shows it. How it is read and written is {@link RunFiles}' business.
 * What cannot be is an {@link ImportException} (CONFIGURATION).
 */
record RunFolder(Path path) {
  /** Below it, savepoints, as below the folder of a job its checkpoints. */
  static final String SAVEPOINTS = "savepoints";

  private static final String IDENTITY = "import.json";
  private static final String NOW = "now";
  private static final String FIRST_RUN = "first-run";
  private static final String ROUTES = "routes";
  private static final String FOUND = "found";
  private static final String STEPS_DONE = "steps-done.json";
  private static final String ORDER = "order.json";
  private static final String SUBMITTED = "submitted";
  private static final String FIGURES = "figures.json";
  private static final String OUTCOME = "outcome.json";
  private static final String STOP = "stop";
  private static final String METADATA = "_metadata";
  private static final Pattern CHECKPOINT = Pattern.compile("chk-([0-9]{1,18})");

  /** A point that can be gone on from, and when it was completed: milliseconds since 1970. */
  record Dated(ResumePoint point, long modified) {
    /** The oldest first. Some file systems keep whole seconds; within one the number tells. */
    static final Comparator<Dated> BY_AGE =
        Comparator.comparingLong(Dated::modified)
            .thenComparing(dated -> dated.point().run().toString())
            .thenComparingLong(Dated::number);

    /** Of a checkpoint. A savepoint is the last thing that a run makes, a step the first. */
    private long number() {
      Path checkpoint = point.checkpoint();
      if (checkpoint == null) {
        return 0;
      }
      Matcher number = CHECKPOINT.matcher(checkpoint.getName());
      return number.matches() ? Long.parseLong(number.group(1)) : Long.MAX_VALUE;
    }
  }

  /** Makes it, and writes down what the run imports. */
  void make(JobIdentity identity, Instant now) {
    try {
      RunFiles.write(new Path(path, IDENTITY), identity.toJson());
      RunFiles.write(new Path(path, NOW), String.valueOf(now.toEpochMilli()));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Writes down what was done before the step that it does. */
  void begins(StepsDone before) {
    try {
      RunFiles.write(new Path(path, STEPS_DONE), before.toJson());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The time that its expressions see: that of the run which the import began with. */
  Instant now() {
    try {
      return Instant.ofEpochMilli(Long.parseLong(RunFiles.read(new Path(path, NOW)).strip()));
    } catch (IOException | NumberFormatException e) {
      throw unreadable(new Path(path, NOW), e);
    }
  }

  /** Writes down that it goes on with another run's step: both belong to the run that began. */
  void goesOn(ResumePoint point) {
    RunFolder other = new RunFolder(point.run());
    StepsDone before = other.done();
    String first = other.firstRun();
    try {
      if (before.steps() > 0) {
        RunFiles.write(new Path(path, STEPS_DONE), before.toJson());
      }
      RunFiles.write(new Path(path, FIRST_RUN), first);
      RunFiles.write(new Path(path, NOW), String.valueOf(other.now().toEpochMilli()));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Writes down what its source was found to read, if the file leaves that open. */
  void found(List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    try {
      RunFiles.write(new Path(path, FOUND), String.join("\n", names) + "\n");
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** What its source was found to read when the import began; empty if the file says all. */
  List<String> found() {
    Path file = new Path(path, FOUND);
    try {
      return RunFiles.status(file).isEmpty() ? List.of() : RunFiles.read(file).lines().toList();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Writes down which way its items go. A checkpoint holds items that are on their way, which are
   * lost if they go another one afterwards.
   *
   * @param from where it goes on from, or null
   * @throws ImportException if the items of its checkpoint went another way
   */
  void route(Routes routes, @Nullable ResumePoint from) {
    String now = routes.toString();
    String then =
        from == null || from.checkpoint() == null ? now : new RunFolder(from.run()).routes();
    if (!now.equals(then)) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The key of the source or of the target is not what it was at the checkpoint "
              + from
              + ": items went "
              + then
              + ", and would go "
              + now,
          "Start anew without --resume.");
    }
    try {
      RunFiles.write(new Path(path, ROUTES), now);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** What was done before the step that it does. */
  StepsDone done() {
    Path file = new Path(path, STEPS_DONE);
    try {
      return RunFiles.status(file).isEmpty()
          ? StepsDone.NONE
          : StepsDone.ofJson(RunFiles.read(file));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The name of the run that an import began with, of which this one may be a resumption. */
  String firstRun() {
    Path file = new Path(path, FIRST_RUN);
    try {
      if (RunFiles.status(file).isEmpty()) {
        return path.getName();
      }
      return RunFiles.read(file);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Whether it is the folder of a run, as {@link #make} makes it. */
  boolean isThere() throws IOException {
    return RunFiles.status(new Path(path, IDENTITY)).isPresent();
  }

  /** Whether it is the folder of a run that a step began with. */
  boolean beganWithStep() throws IOException {
    return RunFiles.status(new Path(path, STEPS_DONE)).isPresent();
  }

  /** Whether a folder is a checkpoint that was completed. */
  static boolean isCheckpoint(Path folder) throws IOException {
    return RunFiles.status(new Path(folder, METADATA)).isPresent();
  }

  /** Its newest completed checkpoint; without one, the step that it began with, if it did. */
  Optional<Dated> latest() throws IOException {
    List<Dated> found = new ArrayList<>();
    for (Path job : RunFiles.children(path)) {
      for (Path checkpoint : RunFiles.children(job)) {
        String name = checkpoint.getName();
        if (CHECKPOINT.matcher(name).matches() || name.startsWith("savepoint-")) {
          RunFiles.status(new Path(checkpoint, METADATA))
              .map(metadata -> dated(new ResumePoint(path, checkpoint), metadata))
              .ifPresent(found::add);
        }
      }
    }
    // A run that goes on from a point has nothing newer than that until its own first checkpoint.
    if (found.isEmpty() && RunFiles.status(new Path(path, FIRST_RUN)).isEmpty()) {
      RunFiles.status(new Path(path, STEPS_DONE))
          .map(done -> dated(new ResumePoint(path, null), done))
          .ifPresent(found::add);
    }
    return found.stream().max(Dated.BY_AGE);
  }

  private static Dated dated(ResumePoint point, FileStatus file) {
    return new Dated(point, file.getModificationTime());
  }

  /** What it imports. */
  JobIdentity identity() {
    Path file = new Path(path, IDENTITY);
    try {
      return JobIdentity.ofJson(RunFiles.read(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Writes down what an application is to run. */
  void order(RunOrder order) {
    try {
      RunFiles.write(new Path(path, ORDER), order.toJson());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** What an application is to run. */
  RunOrder order() {
    Path file = new Path(path, ORDER);
    try {
      return RunOrder.ofJson(RunFiles.read(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Writes down that from now on there may be a job. */
  void submits() throws IOException {
    RunFiles.write(new Path(path, SUBMITTED), "");
  }

  /** Whether there may be a job of it, submitted by this process or one before it. */
  boolean hasSubmitted() throws IOException {
    return RunFiles.status(new Path(path, SUBMITTED)).isPresent();
  }

  /** Writes down how far an application's run is. */
  void figures(RunFigures figures) throws IOException {
    RunFiles.write(new Path(path, FIGURES), FiguresJson.write(figures));
  }

  /** How far an application's run is, if that was written down. */
  Optional<RunFigures> figures() throws IOException {
    Path file = new Path(path, FIGURES);
    return RunFiles.status(file).isEmpty()
        ? Optional.empty()
        : Optional.of(FiguresJson.read(RunFiles.read(file)));
  }

  /** Writes down how an application's run ended; once, the first time counts. */
  void outcome(RunOutcome outcome) throws IOException {
    Path file = new Path(path, OUTCOME);
    if (RunFiles.status(file).isEmpty()) {
      RunFiles.write(file, outcome.toJson());
    }
  }

  /** How an application's run ended, if that was written down. */
  Optional<RunOutcome> outcome() throws IOException {
    Path file = new Path(path, OUTCOME);
    return RunFiles.status(file).isEmpty()
        ? Optional.empty()
        : Optional.of(RunOutcome.ofJson(RunFiles.read(file)));
  }

  /** Writes down that no application of it, or of a step behind it, is to begin any more. */
  void stop() {
    try {
      RunFiles.write(new Path(path, STOP), "");
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Whether that was written down. */
  boolean isToStop() throws IOException {
    return RunFiles.status(new Path(path, STOP)).isPresent();
  }

  /** The folder in which the import has its folder, which has this one in it. */
  String directory() {
    Path folder = path.getParent();
    Path directory = folder == null ? null : folder.getParent();
    if (directory == null) {
      throw new IllegalArgumentException(path + " is no run's folder");
    }
    return directory.toString();
  }

  private String routes() {
    Path file = new Path(path, ROUTES);
    try {
      return RunFiles.read(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private ImportException unreadable(Path file, Exception e) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "What the checkpoints in " + path + " import cannot be read from " + file,
        "Copy a run's folder whole, " + file.getName() + " included, if it was moved.",
        e);
  }

  private ImportException unusable(IOException e) {
    return Checkpoints.unusable(path, e);
  }
}
