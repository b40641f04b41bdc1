package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an import's checkpoints, with a {@link RunFolder} for each run, on any file system
 * that Flink knows:
 *
 * <pre>
 * DIRECTORY/NAME/RUN/import.json             what the run imports: its {@link JobIdentity}
 * DIRECTORY/NAME/RUN/now                     the time that expressions see, in milliseconds
 * DIRECTORY/NAME/RUN/first-run               the run that it goes on from, if it does
 * DIRECTORY/NAME/RUN/found                   what its source reads, where the file leaves that open
 * DIRECTORY/NAME/RUN/routes                  which way its items go: its {@link Routes}
 * DIRECTORY/NAME/RUN/steps-done.json         what was done before its step: its {@link StepsDone}
 * DIRECTORY/NAME/RUN/JOB-ID/chk-7/_metadata  a completed checkpoint, as Flink lays it out
 * DIRECTORY/NAME/RUN/savepoints/savepoint-…  a savepoint, the same
 * DIRECTORY/NAME/RUN/order.json              what an application is to run: its {@link RunOrder}
 * DIRECTORY/NAME/RUN/submitted               that an application may have a job
 * DIRECTORY/NAME/RUN/figures.json            how far it is: {@link FiguresJson}
 * DIRECTORY/NAME/RUN/outcome.json            how it ended: its {@link RunOutcome}
 * DIRECTORY/NAME/RUN/stop                    that no further application is to begin
 * </pre>
 *
 * A run is one job. Of an import in several steps, each step is one: {@code RUN}, {@code RUN-002}
 * and so on, of which the first has no {@code steps-done.json}. To stop is asked of all of them by
 * the file in the first one's folder.
 */
final class Checkpoints {
  private static final String METADATA = "_metadata";
  private static final DateTimeFormatter RUN_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  /** What {@link #newStep} adds to a run's name. */
  private static final Pattern STEP = Pattern.compile("-[0-9]{3}$");

  private final Path folder;

  Checkpoints(String directory, String name) {
    this.folder = new Path(FileSystems.path(directory), name);
  }

  /** Makes the folder of a new run and writes down what it imports. */
  Path newRun(JobIdentity identity, Instant now) {
    return make(runName(now), identity, now);
  }

  /** A name for what begins now; no two are the same, and later ones sort behind earlier ones. */
  static String runName(Instant now) {
    return RUN_NAME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * Makes the folder of a step's run, and writes down what was done before it.
   *
   * @param run that the command began with
   */
  Path newStep(Path run, JobIdentity identity, StepsDone before) {
    Path step =
        make(
            String.format(
                Locale.ROOT,
                "%s-%03d",
                STEP.matcher(run.getName()).replaceFirst(""),
                before.steps() + 1),
            identity,
            new RunFolder(run).now());
    new RunFolder(step).found(new RunFolder(run).found());
    new RunFolder(step).begins(before);
    return step;
  }

  private Path make(String name, JobIdentity identity, Instant now) {
    RunFolder run = new RunFolder(new Path(folder, name));
    run.make(identity, now);
    return run.path();
  }

  /** Where this import has come to: the newest point that a run of it can go on from. */
  Optional<ResumePoint> latest() {
    try {
      List<RunFolder.Dated> found = new ArrayList<>();
      for (Path run : RunFiles.children(folder)) {
        new RunFolder(run).latest().ifPresent(found::add);
      }
      return found.stream().max(RunFolder.Dated.BY_AGE).map(RunFolder.Dated::point);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * The point that {@code --resume} asks for, after a check that it is of this import.
   *
   * @param what {@code latest}, or the path of a checkpoint or of a run that a step began with
   */
  ResumePoint resume(String what, JobIdentity identity) {
    ResumePoint point =
        what.equals("latest") ? latest().orElseThrow(this::nothingToResume) : named(what);
    identity.mustEqual(new RunFolder(point.run()).identity(), point.toString());
    return point;
  }

  /** Removes a run's folder, with its checkpoints. */
  void remove(Path run) {
    try {
      run.getFileSystem().delete(run, true);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Removes the folders of all runs of an import: it is done, and nothing goes on from it. */
  void removeAll(JobIdentity identity) {
    for (RunFolder run : runs()) {
      if (identity.equals(run.identity())) {
        remove(run.path());
      }
    }
  }

  /** The newest run of all, if an application has brought the import to its end by it. */
  Optional<RunFolder> finished() {
    Optional<RunFolder> newest = newest();
    try {
      return newest.isPresent() && newest.get().outcome().filter(RunOutcome::isDone).isPresent()
          ? newest
          : Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * The run that the newest one is a step of, or that one itself: empty if an application has told
   * of its end, and of no step behind it.
   */
  Optional<RunFolder> underWay() {
    Optional<RunFolder> newest = newest();
    try {
      if (newest.isEmpty()
          || newest.get().outcome().filter(outcome -> outcome.next() == null).isPresent()) {
        return Optional.empty();
      }
      String name = STEP.matcher(newest.get().path().getName()).replaceFirst("");
      RunFolder first = new RunFolder(new Path(folder, name));
      return first.isThere() ? Optional.of(first) : Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Optional<RunFolder> newest() {
    return runs().stream().max(Comparator.comparing(run -> run.path().getName()));
  }

  /** What the runs in this folder import. */
  Set<JobIdentity> identities() {
    return runs().stream().map(RunFolder::identity).collect(Collectors.toSet());
  }

  private List<RunFolder> runs() {
    List<RunFolder> runs = new ArrayList<>();
    try {
      for (Path run : RunFiles.children(folder)) {
        RunFolder each = new RunFolder(run);
        if (each.isThere()) {
          runs.add(each);
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    return runs;
  }

  private ResumePoint named(String text) {
    Path path = FileSystems.path(text);
    Path point = path.getName().equals(METADATA) ? parent(path) : path;
    try {
      if (RunFolder.isCheckpoint(point)) {
        return new ResumePoint(parent(parent(point)), point);
      }
      if (new RunFolder(point).beganWithStep()) {
        return new ResumePoint(point, null);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    throw new ImportException(
        ErrorCode.CONFIGURATION,
        "--resume " + text + ": there is no completed checkpoint",
        "Name a folder chk-N that has a file _metadata, or say --resume latest.");
  }

  private ImportException nothingToResume() {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "--resume latest: there is no completed checkpoint below " + folder,
        "Check pipeline.name and pipeline.checkpoint.directory, or start anew without --resume.");
  }

  private ImportException unusable(IOException e) {
    return unusable(folder, e);
  }

  static ImportException unusable(Path folder, IOException e) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "pipeline.checkpoint.directory: " + folder + " cannot be used: " + e.getMessage(),
        "Name a folder that this process can write to, on file:// or s3://.",
        e);
  }

  private static Path parent(Path path) {
    @Nullable Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
