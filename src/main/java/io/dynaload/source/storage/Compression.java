package io.dynaload.source.storage;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * How a file is compressed. The ids stand in checkpoints: never reuse or renumber one.
 *
 * <p>A file may be several compressed ones, one after the other. Anything else behind the last one
 * is an error, and so is an end before its end.
 */
public enum Compression {
  NONE(0),
  GZIP(1),
  ZSTD(2),
  BZIP2(3);

  private static final int BLOCK = 64 << 10;

  private final int id;

  Compression(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  static Compression ofId(int id) throws IOException {
    for (Compression compression : values()) {
      if (compression.id == id) {
        return compression;
      }
    }
    throw new IOException("Compression " + id + " is not known here");
  }

  /** By the extension: .gz or .gzip, .zst or .zstd, .bz2, whatever their case. */
  public static Compression ofName(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "gz", "gzip" -> GZIP;
      case "zst", "zstd" -> ZSTD;
      case "bz2" -> BZIP2;
      default -> NONE;
    };
  }

  /**
   * The decompressed bytes.
   *
   * @param name for messages
   * @return a stream that throws an ImportException (SOURCE) which names the file, if the
   *     compressed bytes are damaged; what the given stream throws passes as it is
   */
  public InputStream decompress(InputStream stored, String name) throws IOException {
    return this == NONE ? stored : new Decompressed(stored, this, name);
  }

  InputStream decoder(InputStream stored) throws IOException {
    return switch (this) {
      case NONE -> stored;
      case GZIP -> new GzipStream(stored);
      case ZSTD -> new ZstdInputStreamNoFinalizer(stored);
      case BZIP2 -> new BZip2CompressorInputStream(new BufferedInputStream(stored, BLOCK), true);
    };
  }
}
