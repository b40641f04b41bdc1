package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an import's checkpoints, on any file system that Flink knows:
 *
 * <pre>
 * DIRECTORY/NAME/RUN/import.json             what the run imports: its {@link JobIdentity}
 * DIRECTORY/NAME/RUN/first-run               the run that it goes on from, if it does
 * DIRECTORY/NAME/RUN/routes                  which way its items go: its {@link Routes}
 * DIRECTORY/NAME/RUN/JOB-ID/chk-7/_metadata  a completed checkpoint, as Flink lays it out
 * </pre>
 */
final class Checkpoints {
  private static final String IDENTITY = "import.json";
  private static final String FIRST_RUN = "first-run";
  private static final String ROUTES = "routes";
  private static final String METADATA = "_metadata";
  private static final DateTimeFormatter RUN_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Path folder;

  Checkpoints(String directory, String name) {
    this.folder = new Path(FileSystems.path(directory), name);
  }

  /** Makes the folder of a new run and writes down what it imports. */
  Path newRun(JobIdentity identity, Instant now) {
    Path run =
        new Path(folder, RUN_NAME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8));
    Path file = new Path(run, IDENTITY);
    try {
      run.getFileSystem().mkdirs(run);
      write(file, identity.toJson());
    } catch (IOException e) {
      throw unusable(e);
    }
    return run;
  }

  /** Writes down that a run goes on from a checkpoint: both belong to the run that began. */
  void goesOn(Path run, Path checkpoint) {
    String first = firstRun(runOf(checkpoint));
    try {
      write(new Path(run, FIRST_RUN), first);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Writes down which way a run's items go. A checkpoint holds items that are on their way, which
   * are lost if they go another one afterwards.
   *
   * @param checkpoint that the run goes on from, or null
   * @throws ImportException if the items of the checkpoint went another way
   */
  void route(Path run, Routes routes, @Nullable Path checkpoint) {
    String now = routes.toString();
    String then = checkpoint == null ? now : routesOf(runOf(checkpoint));
    if (!now.equals(then)) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The key of the source or of the target is not what it was at the checkpoint "
              + checkpoint
              + ": items went "
              + then
              + ", and would go "
              + now,
          "Start anew without --resume.");
    }
    try {
      write(new Path(run, ROUTES), now);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The name of the run that an import began with, of which the given one may be a resumption. */
  String firstRun(Path run) {
    Path file = new Path(run, FIRST_RUN);
    try {
      if (status(file).isEmpty()) {
        return run.getName();
      }
      return read(file);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The newest completed checkpoint of this import, whichever run took it. */
  Optional<Path> latest() {
    try {
      List<FileStatus> found = new ArrayList<>();
      for (Path run : children(folder)) {
        for (Path job : children(run)) {
          for (Path checkpoint : children(job)) {
            if (checkpoint.getName().startsWith("chk-")) {
              status(new Path(checkpoint, METADATA)).ifPresent(found::add);
            }
          }
        }
      }
      return found.stream()
          .max(Comparator.comparingLong(FileStatus::getModificationTime))
          .map(metadata -> parent(metadata.getPath()));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * The checkpoint that {@code --resume} asks for, after a check that it is of this import.
   *
   * @param what {@code latest} or the path of a checkpoint
   */
  Path resume(String what, JobIdentity identity) {
    Path checkpoint =
        what.equals("latest") ? latest().orElseThrow(this::nothingToResume) : completed(what);
    identity.mustEqual(identityOf(runOf(checkpoint)), checkpoint.toString());
    return checkpoint;
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
      for (Path run : children(folder)) {
        if (status(new Path(run, IDENTITY)).isPresent() && identity.equals(identityOf(run))) {
          remove(run);
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The folder of the run that took a checkpoint. */
  static Path runOf(Path checkpoint) {
    return parent(parent(checkpoint));
  }

  private Path completed(String text) {
    Path path = FileSystems.path(text);
    Path checkpoint = path.getName().equals(METADATA) ? parent(path) : path;
    try {
      if (status(new Path(checkpoint, METADATA)).isPresent()) {
        return checkpoint;
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
      return JobIdentity.ofJson(read(file));
    } catch (IOException e) {
      throw unreadable(run, file, e);
    }
  }

  private static String routesOf(Path run) {
    Path file = new Path(run, ROUTES);
    try {
      return read(file);
    } catch (IOException e) {
      throw unreadable(run, file, e);
    }
  }

  private static ImportException unreadable(Path run, Path file, IOException e) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "What the checkpoints in " + run + " import cannot be read from " + file,
        "Copy a run's folder whole, " + file.getName() + " included, if it was moved.",
        e);
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = file.getFileSystem().open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (OutputStream out = file.getFileSystem().create(file, FileSystem.WriteMode.NO_OVERWRITE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private ImportException unusable(IOException e) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "pipeline.checkpoint.directory: " + folder + " cannot be used: " + e.getMessage(),
        "Name a folder that this process can write to, on file:// or s3://.",
        e);
  }

  private static List<Path> children(Path path) throws IOException {
    List<Path> children = new ArrayList<>();
    try {
      FileStatus[] statuses = path.getFileSystem().listStatus(path);
      for (FileStatus child : statuses == null ? new FileStatus[0] : statuses) {
        if (child.isDir()) {
          children.add(child.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return children;
  }

  private static Optional<FileStatus> status(Path file) throws IOException {
    try {
      return Optional.ofNullable(file.getFileSystem().getFileStatus(file));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Path parent(Path path) {
    @Nullable Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
