package io.dynaload.source.storage;

import io.dynaload.source.format.FileBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Opens a file for its format. A compressed file, and one whose MD5 is to be checked, is read from
 * its beginning whatever the offset. Not thread-safe.
 */
final class PartBytes implements FileBytes {
  private static final int BLOCK = 64 << 10;

  private final Storage storage;
  private final SplitPart part;
  private @Nullable MessageDigest digest;
  private @Nullable InputStream last;

  PartBytes(Storage storage, SplitPart part) {
    this.storage = storage;
    this.part = part;
  }

  @Override
  public InputStream openAt(long offset) throws IOException {
    boolean checked = part.expected().md5() != null;
    boolean fromStart = checked || part.compression() != Compression.NONE;
    InputStream stored = storage.open(part.object(), fromStart ? 0 : offset);
    if (checked) {
      digest = newDigest();
      stored = new DigestInputStream(stored, digest);
    }
    InputStream opened = part.compression().decompress(stored, part.object().uri());
    last = opened;
    if (fromStart) {
      skip(opened, offset);
    }
    return opened;
  }

  private void skip(InputStream from, long count) throws IOException {
    byte[] block = new byte[BLOCK];
    for (long left = count; left > 0; ) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("Reading " + part.object().uri() + " was given up");
      }
      int read = from.read(block, 0, (int) Math.min(block.length, left));
      if (read < 0) {
        throw Losses.changed(part.object().uri());
      }
      left -= read;
    }
  }

  /** Reads what the format left at the end, so that damage there is noticed as well. */
  void readToEnd() throws IOException {
    byte[] block = new byte[BLOCK];
    while (last != null && last.read(block, 0, block.length) >= 0) {}
  }

  /** Of the bytes as stored, base64, once they have been read to their end; null if not asked. */
  @Nullable String md5() {
    return digest == null ? null : Base64.getEncoder().encodeToString(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }
}
