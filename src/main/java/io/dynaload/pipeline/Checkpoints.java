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
import java.util.UUID;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an import's checkpoints, on any file system that Flink knows:
 *
 * <pre>
 * DIRECTORY/NAME/RUN/import.json             what the run imports: its {@link JobIdentity}
 * DIRECTORY/NAME/RUN/now                     the time that expressions see, in milliseconds
 * DIRECTORY/NAME/RUN/first-run               the run that it goes on from, if it does
 * DIRECTORY/NAME/RUN/routes                  which way its items go: its {@link Routes}
 * DIRECTORY/NAME/RUN/steps-done.json         what was done before its step: its {@link StepsDone}
 * DIRECTORY/NAME/RUN/JOB-ID/chk-7/_metadata  a completed checkpoint, as Flink lays it out
 * </pre>
 *
 * A run is one job. Of an import in several steps, each step is one: {@code RUN}, {@code RUN-002}
 * and so on, of which the first has no {@code steps-done.json}.
 */
final class Checkpoints {
  private static final String IDENTITY = "import.json";
  private static final String NOW = "now";
  private static final String FIRST_RUN = "first-run";
  private static final String ROUTES = "routes";
  private static final String STEPS_DONE = "steps-done.json";
  private static final String METADATA = "_metadata";
  private static final DateTimeFormatter RUN_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

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
            String.format(Locale.ROOT, "%s-%03d", run.getName(), before.steps() + 1),
            identity,
            now(run));
    try {
      RunFiles.writeWhole(new Path(step, STEPS_DONE), before.toJson());
    } catch (IOException e) {
      throw unusable(e);
    }
    return step;
  }

  private Path make(String name, JobIdentity identity, Instant now) {
    Path run = new Path(folder, name);
    Path file = new Path(run, IDENTITY);
    try {
      run.getFileSystem().mkdirs(run);
      RunFiles.write(file, identity.toJson());
      RunFiles.write(new Path(run, NOW), String.valueOf(now.toEpochMilli()));
    } catch (IOException e) {
      throw unusable(e);
    }
    return run;
  }

  /** The time that a run's expressions see: that of the run which the import began with. */
  Instant now(Path run) {
    try {
      return Instant.ofEpochMilli(Long.parseLong(RunFiles.read(new Path(run, NOW)).strip()));
    } catch (IOException | NumberFormatException e) {
      throw unreadable(run, new Path(run, NOW), e);
    }
  }

  /** Writes down that a run goes on with another one's step: both belong to the run that began. */
  void goesOn(Path run, ResumePoint point) {
    StepsDone before = done(point.run());
    String first = firstRun(point.run());
    try {
      if (before.steps() > 0) {
        RunFiles.write(new Path(run, STEPS_DONE), before.toJson());
      }
      RunFiles.write(new Path(run, FIRST_RUN), first);
      Path now = new Path(run, NOW);
      now.getFileSystem().delete(now, false);
      RunFiles.write(now, String.valueOf(now(point.run()).toEpochMilli()));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Writes down which way a run's items go. A checkpoint holds items that are on their way, which
   * are lost if they go another one afterwards.
   *
   * @param from where the run goes on from, or null
   * @throws ImportException if the items of its checkpoint went another way
   */
  void route(Path run, Routes routes, @Nullable ResumePoint from) {
    String now = routes.toString();
    String then = from == null || from.checkpoint() == null ? now : routesOf(from.run());
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
      RunFiles.write(new Path(run, ROUTES), now);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** What was done before the step that a run does. */
  StepsDone done(Path run) {
    Path file = new Path(run, STEPS_DONE);
    try {
      return RunFiles.status(file).isEmpty()
          ? StepsDone.NONE
          : StepsDone.ofJson(RunFiles.read(file));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The name of the run that an import began with, of which the given one may be a resumption. */
  String firstRun(Path run) {
    Path file = new Path(run, FIRST_RUN);
    try {
      if (RunFiles.status(file).isEmpty()) {
        return run.getName();
      }
      return RunFiles.read(file);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Where this import has come to: the newest point that a run of it can go on from. */
  Optional<ResumePoint> latest() {
    try {
      List<Dated> found = new ArrayList<>();
      for (Path run : RunFiles.children(folder)) {
        latest(run).ifPresent(found::add);
      }
      return found.stream()
          .max(Comparator.comparingLong(Dated::modified).thenComparing(at -> at.point().toString()))
          .map(Dated::point);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private record Dated(ResumePoint point, long modified) {}

  /** A run's newest completed checkpoint; without one, the step that it began with, if it did. */
  private static Optional<Dated> latest(Path run) throws IOException {
    List<Dated> found = new ArrayList<>();
    for (Path job : RunFiles.children(run)) {
      for (Path checkpoint : RunFiles.children(job)) {
        if (checkpoint.getName().startsWith("chk-")) {
          RunFiles.status(new Path(checkpoint, METADATA))
              .map(metadata -> dated(new ResumePoint(run, checkpoint), metadata))
              .ifPresent(found::add);
        }
      }
    }
    // A run that goes on from a point has nothing newer than that until its own first checkpoint.
    if (found.isEmpty() && RunFiles.status(new Path(run, FIRST_RUN)).isEmpty()) {
      RunFiles.status(new Path(run, STEPS_DONE))
          .map(done -> dated(new ResumePoint(run, null), done))
          .ifPresent(found::add);
    }
    return found.stream().max(Comparator.comparingLong(Dated::modified));
  }

  private static Dated dated(ResumePoint point, FileStatus file) {
    return new Dated(point, file.getModificationTime());
  }

  /**
   * The point that {@code --resume} asks for, after a check that it is of this import.
   *
   * @param what {@code latest}, or the path of a checkpoint or of a run that a step began with
   */
  ResumePoint resume(String what, JobIdentity identity) {
    ResumePoint point =
        what.equals("latest") ? latest().orElseThrow(this::nothingToResume) : named(what);
    identity.mustEqual(identityOf(point.run()), point.toString());
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
    try {
      for (Path run : RunFiles.children(folder)) {
        if (RunFiles.status(new Path(run, IDENTITY)).isPresent()
            && identity.equals(identityOf(run))) {
          remove(run);
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private ResumePoint named(String text) {
    Path path = FileSystems.path(text);
    Path point = path.getName().equals(METADATA) ? parent(path) : path;
    try {
      if (RunFiles.status(new Path(point, METADATA)).isPresent()) {
        return new ResumePoint(parent(parent(point)), point);
      }
      if (RunFiles.status(new Path(point, STEPS_DONE)).isPresent()) {
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

  private static JobIdentity identityOf(Path run) {
    Path file = new Path(run, IDENTITY);
    try {
      return JobIdentity.ofJson(RunFiles.read(file));
    } catch (IOException e) {
      throw unreadable(run, file, e);
    }
  }

  private static String routesOf(Path run) {
    Path file = new Path(run, ROUTES);
    try {
      return RunFiles.read(file);
    } catch (IOException e) {
      throw unreadable(run, file, e);
    }
  }

  private static ImportException unreadable(Path run, Path file, Exception e) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "What the checkpoints in " + run + " import cannot be read from " + file,
        "Copy a run's folder whole, " + file.getName() + " included, if it was moved.",
        e);
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
