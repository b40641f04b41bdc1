package io.dynaload.deadletter;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the letters of one file, one at a time. A line that is no letter is an {@link
 * ImportException} (CONFIGURATION) with the file and the line; empty lines are left out. Not
 * thread-safe.
 */
public final class DeadLetterReader implements AutoCloseable {
  private final Path file;
  private final FSDataInputStream bare;
  private InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long line;

  /** Where the last line begins, and where the next one does. */
  private long offset;

  private long nextOffset;

  /**
   * @param file as {@link DeadLetterStore#toReplay} names it
   */
  public DeadLetterReader(String file) throws IOException {
    this.file = new Path(file);
    this.bare = this.file.getFileSystem().open(this.file);
    this.in = buffered();
  }

  private InputStream buffered() {
    return new BufferedInputStream(bare, 1 << 16);
  }

  /** The next letter will be the one that stands there, in this file. */
  void seek(LetterPlace place) throws IOException {
    if (place.offset() != nextOffset) {
      bare.seek(place.offset());
      in = buffered();
      nextOffset = place.offset();
    }
    line = place.line() - 1;
  }

  /** The next letter, or null at the end of the file. */
  public @Nullable DeadLetter next() throws IOException {
    while (readLine()) {
      line++;
      byte[] text = bytes.toByteArray();
      if (isBlank(text)) {
        continue;
      }
      try {
        return DeadLetterParser.parse(text);
      } catch (IOException e) {
        throw new ImportException(
            ErrorCode.CONFIGURATION,
            file + ":" + line + " is no dead letter: " + e.getMessage(),
            "Correct the line, or remove it to leave the item out. Nothing counts as replayed.",
            e);
      }
    }
    return null;
  }

  /** The number of the last letter's line, from 1. */
  public long line() {
    return line;
  }

  /** Where its line begins, in bytes. */
  long offset() {
    return offset;
  }

  /** The next line's bytes; false at the end. */
  private boolean readLine() throws IOException {
    bytes.reset();
    offset = nextOffset;
    int b = in.read();
    if (b < 0) {
      return false;
    }
    while (b >= 0 && b != '\n') {
      bytes.write(b);
      b = in.read();
    }
    nextOffset = offset + bytes.size() + (b < 0 ? 0 : 1);
    return true;
  }

  private static boolean isBlank(byte[] text) {
    for (byte b : text) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
