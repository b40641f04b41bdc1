package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CompressionTest {
  private final byte[] text = text(300_000);

  private static byte[] text(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(3);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(6));
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "x.csv.gz,GZIP",
    "x.GZ,GZIP",
    "x.gzip,GZIP",
    "x.zst,ZSTD",
    "x.zstd,ZSTD",
    "x.bz2,BZIP2",
    "x.csv,NONE",
    "gz,GZIP",
    "x,NONE",
    "gz.d/x,NONE"
  })
  void extensionTells(String name, Compression compression) {
    assertThat(Compression.ofName(name)).isEqualTo(compression);
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfSeveralMembersIsReadToItsEnd(Compression compression) throws IOException {
    byte[] stored = join(compress(compression, text), compress(compression, text));
    assertThat(read(compression, stored)).isEqualTo(join(text, text));
  }

  /** As a network does: few bytes at a time, and {@code available()} knows of none. */
  @ParameterizedTest
  @EnumSource
  void membersAreFoundHoweverFewBytesAreThereAtOnce(Compression compression) throws IOException {
    byte[] two = join(text(1000), text(1000));
    byte[] stored = join(compress(compression, text(1000)), compress(compression, text(1000)));
    InputStream drops =
        new FilterInputStream(new ByteArrayInputStream(stored)) {
          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            return in.read(to, offset, Math.min(length, 7));
          }

          @Override
          public int available() {
            return 0;
          }
        };
    try (InputStream in = compression.decompress(drops, "x")) {
      assertThat(in.readAllBytes()).isEqualTo(two);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aCutFileFailsWhereverItIsCut(Compression compression) throws IOException {
    byte[] stored = compress(compression, text);
    for (int length : new int[] {0, 1, 3, 11, stored.length / 2, stored.length - 1}) {
      assertThatThrownBy(() -> read(compression, Arrays.copyOf(stored, length)))
          .as("cut at %d of %d", length, stored.length)
          .isInstanceOf(ImportException.class)
          .hasMessageContaining("s3://b/the-file");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void garbageBehindTheEndFails(Compression compression) throws IOException {
    byte[] stored = join(compress(compression, text), "garbage behind".getBytes());
    assertThatThrownBy(() -> read(compression, stored))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
        .hasMessageContaining("s3://b/the-file");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void damageNeverPassesForData(Compression compression) throws IOException {
    byte[] stored = compress(compression, text(20_000));
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = stored.clone();
      int at = random.nextInt(stored.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(read(compression, damaged)).as("bit of byte %d", at).isEqualTo(text(20_000));
      } catch (ImportException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.SOURCE);
      }
    }
  }

  @Test
  void gzipHeadersWithNameCommentAndExtraFieldsAreStepped() throws IOException {
    byte[] plain = compress(Compression.GZIP, text);
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    stored.write(plain, 0, 3);
    stored.write(2 + 4 + 8 + 16);
    stored.write(plain, 4, 6);
    stored.write(new byte[] {3, 0, 'e', 'x', 't'});
    stored.write("name.json\0comment\0".getBytes());
    stored.write(new byte[] {1, 2});
    stored.write(plain, 10, plain.length - 10);
    assertThat(read(Compression.GZIP, stored.toByteArray())).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheStorageThrowsPassesAsItIs(Compression compression) throws IOException {
    byte[] stored = compress(compression, text);
    InputStream cut =
        new FilterInputStream(new ByteArrayInputStream(stored, 0, stored.length / 2)) {
          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            int count = in.read(to, offset, Math.min(length, 64));
            if (count < 0) {
              throw new IOException("the network is down");
            }
            return count;
          }
        };
    assertThatThrownBy(() -> compression.decompress(cut, "x").readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessage("the network is down");
  }

  private static byte[] read(Compression compression, byte[] stored) throws IOException {
    try (InputStream in =
        compression.decompress(new ByteArrayInputStream(stored), "s3://b/the-file")) {
      return in.readAllBytes();
    }
  }

  static byte[] compress(Compression compression, byte[] bytes) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case NONE -> stored;
          case GZIP -> new GZIPOutputStream(stored);
          case ZSTD -> new ZstdOutputStream(stored).setChecksum(true);
          case BZIP2 -> new BZip2CompressorOutputStream(stored);
        }) {
      out.write(bytes);
    }
    return stored.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
