package io.dynaload.source.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * All members of a gzip file, RFC 1952, one after the other. Unlike the JDK's stream it does not
 * guess by {@code available()} whether another member follows, which on a network ends a file too
 * early, and it takes nothing else for the end than the end. Not thread-safe.
 */
final class GzipStream extends InputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];
  private int position;
  private int limit;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean inMember;
  private int members;
  private boolean ended;

  GzipStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember) {
        beginMember();
        continue;
      }
      int count = inflate(to, offset, length);
      if (count > 0) {
        crc.update(to, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsInput()) {
        if (position == limit && !fill()) {
          throw new EOFException("it ends in the middle of a member");
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
      } else {
        throw new IOException("it needs a dictionary");
      }
    }
    return -1;
  }

  private int inflate(byte[] to, int offset, int length) throws IOException {
    try {
      return inflater.inflate(to, offset, length);
    } catch (DataFormatException e) {
      throw new IOException("its data are damaged (" + e.getMessage() + ")", e);
    }
  }

  private void beginMember() throws IOException {
    if (position == limit && !fill()) {
      if (members == 0) {
        throw new EOFException("it is empty");
      }
      ended = true;
      return;
    }
    if (next() != 0x1f || next() != 0x8b) {
      throw new IOException(
          members == 0
              ? "it does not begin as gzip does"
              : "something else follows behind its end");
    }
    if (next() != 8) {
      throw new IOException("it is not compressed by deflate");
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    skipText((flags & NAME) != 0);
    skipText((flags & COMMENT) != 0);
    skip((flags & HEADER_CRC) != 0 ? 2 : 0);
    inMember = true;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText(boolean present) throws IOException {
    while (present && next() != 0) {}
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long length = inflater.getBytesWritten();
    if (nextInt() != crc.getValue() || nextInt() != (length & 0xffffffffL)) {
      throw new IOException("its checksum or length does not match its data");
    }
    inflater.reset();
    crc.reset();
    inMember = false;
    members++;
  }

  private long nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("it ends in the middle of a member");
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(0, count);
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
