package io.dynaload.deadletter;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.OutageException;
import io.dynaload.item.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the letters of one subtask, as files {@code SUBTASK-ATTEMPT-N.jsonl}, each whole or not at
 * all. Letters are collected in memory, up to 8 MB; what was written before {@link #flush} returned
 * stays, whatever happens then. A subtask that flushes before each of its checkpoints loses none: a
 * letter that was in memory only is of an item that is read again. It may then be in two files.
 *
 * <p>A file that cannot be written is an {@link OutageException} (TARGET); the letters stay in
 * memory. Not thread-safe.
 */
public final class DeadLetterWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);

  static final int FILE_BYTES = 8 << 20;

  private final RunLetters run;
  private final String prefix;
  private final InstantSource clock;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private int files;

  /**
   * @param attempt of the subtask, so that the file of one attempt is none of another's
   */
  public DeadLetterWriter(RunLetters run, int subtask, int attempt, InstantSource clock) {
    this.run = run;
    this.prefix = subtask + "-" + attempt + "-";
    this.clock = clock;
  }

  /** Takes a rejected item over; writes a file if it is time for one. */
  public void write(Item rejected) {
    lines.writeBytes(DeadLetterJson.line(run.letter(rejected, clock.instant())));
    if (lines.size() >= FILE_BYTES) {
      flush();
    }
  }

  /** Writes all that was taken over. */
  public void flush() {
    if (lines.size() == 0) {
      return;
    }
    try {
      writeFile();
      lines.reset();
    } catch (IOException e) {
      throw new OutageException(
          ErrorCode.TARGET,
          "The dead letters cannot be written to " + run.folder() + ": " + e.getMessage(),
          "See to it that pipeline.dead-letters.directory can be written to from where the job runs,"
              + " then go on with --resume latest: nothing was lost.",
          e);
    }
  }

  private void writeFile() throws IOException {
    Path folder = new Path(run.folder());
    FileSystem files = folder.getFileSystem();
    Path file = nextFile(files, folder);
    if (isObjectStore(folder)) {
      write(files, file); // There once it is whole.
      return;
    }
    Path part = new Path(folder, file.getName() + ".part");
    write(files, part);
    if (!files.rename(part, file)) {
      throw new IOException(part + " could not be renamed to " + file.getName());
    }
  }

  static boolean isObjectStore(Path folder) {
    String scheme = folder.toUri().getScheme();
    return scheme != null && scheme.startsWith("s3");
  }

  /** After the loss of a JobManager attempts are counted anew, so a name may be taken. */
  private Path nextFile(FileSystem fileSystem, Path folder) throws IOException {
    Path file;
    do {
      file = new Path(folder, prefix + files++ + DeadLetterStore.SUFFIX);
    } while (fileSystem.exists(file));
    return file;
  }

  private void write(FileSystem files, Path file) throws IOException {
    try (OutputStream out = files.create(file, FileSystem.WriteMode.OVERWRITE)) {
      lines.writeTo(out);
    }
  }

  /** Writes what is left, if it can: whoever closes without a flush before reads the rest again. */
  @Override
  public void close() {
    try {
      flush();
    } catch (OutageException e) {
      LOG.warn("Dead letters since the last checkpoint could not be written", e);
    }
  }
}
