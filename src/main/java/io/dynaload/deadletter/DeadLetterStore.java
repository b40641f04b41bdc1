package io.dynaload.deadletter;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The folder of an import's dead letters, on any file system that Flink knows, in plain files that
 * are written once:
 *
 * <pre>
 * DIRECTORY/NAME/RUN/SUBTASK-ATTEMPT-N.jsonl       letters of a run
 * DIRECTORY/NAME/RUN-replay/SUBTASK-ATTEMPT-N.jsonl  letters that a replay could not write either
 * DIRECTORY/NAME/RUN-replay/replayed.json          the files that it replayed, as RUN/FILE
 * </pre>
 *
 * A replay counts once its {@code replayed.json} is there, which is written at its very end: a
 * replay without one has not been, so its letters are left alone and those that it was to replay
 * are replayed again. An error of the file system is an {@link ImportException} (CONFIGURATION).
 */
public final class DeadLetterStore {
  static final String SUFFIX = ".jsonl";
  private static final String REPLAY = "-replay";
  private static final String REPLAYED = "replayed.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * @param folder DIRECTORY/NAME
   */
  public DeadLetterStore(Path folder) {
    this.folder = folder;
  }

  /** Where a run puts its letters. */
  public RunLetters ofRun(String run, String firstRun) {
    return new RunLetters(new Path(folder, run).toString(), firstRun);
  }

  /** Where a replay puts what fails again. */
  public RunLetters ofReplay(String run) {
    return new RunLetters(new Path(folder, run + REPLAY).toString(), "");
  }

  /**
   * Finds out whether letters can be written, and leaves nothing behind.
   *
   * @throws ImportException (CONFIGURATION) if they cannot
   */
  public void checkWritable(RunLetters run) {
    Path runFolder = new Path(run.folder());
    Path file = new Path(runFolder, "probe");
    try {
      FileSystem files = folder.getFileSystem();
      List<Path> made = missing(files, runFolder);
      try (OutputStream out = files.create(file, FileSystem.WriteMode.OVERWRITE)) {
        out.write('\n');
      }
      files.delete(file, false);
      for (Path each : made) {
        files.delete(each, false);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The folders on the way to a path that are not there yet, the lowest first. */
  private static List<Path> missing(FileSystem files, Path path) throws IOException {
    if (DeadLetterWriter.isObjectStore(path)) {
      return List.of(); // It has no folders of its own.
    }
    List<Path> missing = new ArrayList<>();
    for (Path each = path; each != null && !files.exists(each); each = each.getParent()) {
      missing.add(each);
    }
    return missing;
  }

  /** Whether a run has letters. */
  public boolean hasLetters(RunLetters run) {
    try {
      return !letterFiles(new Path(run.folder())).isEmpty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The files whose letters no replay has replayed, the oldest run's first. */
  public List<String> toReplay() {
    try {
      Set<String> replayed = new HashSet<>();
      List<Path> counted = new ArrayList<>();
      for (Path run : runs()) {
        Path marker = new Path(run, REPLAYED);
        boolean isReplay = run.getName().endsWith(REPLAY);
        boolean isDone = isReplay && run.getFileSystem().exists(marker);
        if (isDone) {
          replayed.addAll(read(marker));
        }
        if (isDone || !isReplay) {
          counted.add(run);
        }
      }
      List<String> files = new ArrayList<>();
      for (Path run : counted) {
        for (Path file : letterFiles(run)) {
          if (!replayed.contains(name(file))) {
            files.add(file.toString());
          }
        }
      }
      return files;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Marks files as replayed, all at once; what the replay rejected again is to be replayed now. */
  public void replayed(List<String> files, RunLetters replay) {
    Path marker = new Path(replay.folder(), REPLAYED);
    try (OutputStream out =
        folder.getFileSystem().create(marker, FileSystem.WriteMode.NO_OVERWRITE)) {
      out.write(
          JSON.writeValueAsBytes(
              files.stream().map(Path::new).map(DeadLetterStore::name).toList()));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Set<String> read(Path marker) throws IOException {
    try (InputStream in = marker.getFileSystem().open(marker)) {
      return JSON.readValue(in, new TypeReference<TreeSet<String>>() {});
    }
  }

  private static String name(Path file) {
    Path run = file.getParent();
    return run.getName() + "/" + file.getName();
  }

  private List<Path> runs() throws IOException {
    return children(folder).stream()
        .filter(FileStatus::isDir)
        .map(FileStatus::getPath)
        .sorted(Comparator.comparing(Path::getName))
        .toList();
  }

  private static List<Path> letterFiles(Path run) throws IOException {
    return children(run).stream()
        .filter(child -> !child.isDir() && child.getPath().getName().endsWith(SUFFIX))
        .map(FileStatus::getPath)
        .sorted(Comparator.comparing(Path::getName))
        .toList();
  }

  private static List<FileStatus> children(Path path) throws IOException {
    try {
      FileStatus[] statuses = path.getFileSystem().listStatus(path);
      return statuses == null ? List.of() : List.of(statuses);
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private ImportException unusable(IOException e) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "pipeline.dead-letters.directory: " + folder + " cannot be used: " + e.getMessage(),
        "Name a folder that can be written to, on file:// or s3://.",
        e);
  }

  /** Where it is. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
