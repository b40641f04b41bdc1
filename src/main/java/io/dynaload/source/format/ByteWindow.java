package io.dynaload.source.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A window on a stream: the bytes from a record's beginning to as far as has been read, in an array
 * that grows with a long record and shrinks behind it. Not thread-safe.
 */
final class ByteWindow implements Closeable {
  private static final int BLOCK = 128 << 10;
  private static final int LARGE = 1 << 20;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final InputStream in;
  private byte[] bytes = new byte[BLOCK];
  private int start;
  private int end;

  /** The offset in the file of the array's first byte. */
  private long base;

  ByteWindow(InputStream in, long offset) {
    this.in = in;
    this.base = offset;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where in the array the window begins. */
  int start() {
    return start;
  }

  /** Where in the array it ends. */
  int end() {
    return end;
  }

  int length() {
    return end - start;
  }

  /** The offset in the file at which the window begins. */
  long offset() {
    return base + start;
  }

  /** Lets the window begin later. */
  void drop(int count) {
    start += count;
  }

  /**
   * Adds bytes at the window's end; positions in the array change, those from its start on do not.
   *
   * @return false at the end of the stream
   */
  boolean more() throws IOException {
    if (end == bytes.length) {
      makeRoom();
    }
    int count = in.read(bytes, end, bytes.length - end);
    if (count < 0) {
      return false;
    }
    end += count;
    return true;
  }

  private void makeRoom() {
    int length = end - start;
    byte[] to = bytes;
    if (length > bytes.length / 2) {
      to = new byte[bytes.length * 2];
    } else if (bytes.length > LARGE && length < BLOCK / 2) {
      to = new byte[BLOCK];
    }
    System.arraycopy(bytes, start, to, 0, length);
    bytes = to;
    base += start;
    start = 0;
    end = length;
  }

  /** Makes the window begin after the next line feed, or be empty if the stream has none. */
  void dropLine() throws IOException {
    while (true) {
      int feed = indexOf('\n', bytes, start, end);
      if (feed >= 0) {
        start = feed + 1;
        return;
      }
      start = end;
      if (!more()) {
        return;
      }
    }
  }

  /** Steps over the mark that some programs write at the beginning of a file of UTF-8. */
  void dropByteOrderMark() throws IOException {
    while (length() < 3 && more()) {}
    if (length() >= 3
        && bytes[start] == (byte) 0xef
        && bytes[start + 1] == (byte) 0xbb
        && bytes[start + 2] == (byte) 0xbf) {
      start += 3;
    }
  }

  /** The first place of an ASCII character, or -1. */
  static int indexOf(char ascii, byte[] bytes, int from, int to) {
    long pattern = ascii * ONES;
    int p = from;
    for (; p + 8 <= to; p += 8) {
      long word = (long) WORD.get(bytes, p) ^ pattern;
      long hits = word - ONES & ~word & HIGHS;
      if (hits != 0) {
        return p + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; p < to; p++) {
      if (bytes[p] == ascii) {
        return p;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
