package io.dynaload.source.storage;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Tells damage to the compressed bytes from a failure to get them. Not thread-safe. */
final class Decompressed extends InputStream {
  private final Stored stored;
  private final Compression compression;
  private final String name;
  private @Nullable InputStream decoder;

  Decompressed(InputStream stored, Compression compression, String name) {
    this.stored = new Stored(stored);
    this.compression = compression;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    try {
      if (decoder == null) {
        decoder = compression.decoder(stored);
      }
      int count = decoder.read(to, offset, length);
      if (count < 0 && stored.count == 0) {
        throw new IOException("it is empty");
      }
      return count;
    } catch (ImportException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (stored.failed) {
        throw e;
      }
      throw damaged(e);
    }
  }

  private ImportException damaged(Exception cause) {
    return new ImportException(
        ErrorCode.SOURCE,
        name
            + " cannot be decompressed ("
            + compression.name().toLowerCase(java.util.Locale.ROOT)
            + "), read to byte "
            + stored.count
            + ": "
            + cause.getMessage(),
        "The file is cut or damaged, or is not what its extension says: put a whole one in its"
            + " place, and start a new run.",
        cause);
  }

  @Override
  public void close() throws IOException {
    if (decoder == null) {
      stored.close();
    } else {
      decoder.close();
    }
  }

  /** The bytes as stored; knows how many were read and whether reading failed. */
  private static final class Stored extends FilterInputStream {
    private long count;
    private boolean failed;

    Stored(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        int read = in.read(to, offset, length);
        count += Math.max(0, read);
        return read;
      } catch (IOException | RuntimeException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
