package io.dynaload.source.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails at the end if the file has another size than when it was found. */
final class WholeStream extends FilterInputStream {
  private final StoredObject object;
  private long position;

  WholeStream(InputStream in, StoredObject object, long offset) {
    super(in);
    this.object = object;
    this.position = offset;
  }

  @Override
  public int read() throws IOException {
    return counted(in.read(), true);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return counted(in.read(to, offset, length), false);
  }

  private int counted(int result, boolean single) {
    if (result >= 0) {
      position += single ? 1 : result;
    }
    if (result < 0 ? position != object.size() : position > object.size()) {
      throw Losses.changed(object.uri());
    }
    return result;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    position += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
