package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.source.format.FilePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileSplitSerializerTest {
  private static final FileSplit SPLIT =
      new FileSplit(
          "files-7",
          List.of(
              new SplitPart(
                  new StoredObject("s3://bucket/größe.json.gz", 12_345_678_901L, "\"abc-2\""),
                  Compression.GZIP,
                  new Expectation("X0tVY9QyW5T4kYVzV5n6dA==", 10_000),
                  new FilePart("größe", Long.MAX_VALUE, 99_000_000_000L, 4_321),
                  4_320,
                  false),
              new SplitPart(
                  new StoredObject("file:///data/x.csv", 40_000_000, "1700000000000000"),
                  Compression.NONE,
                  Expectation.NONE,
                  new FilePart("file:///data/x.csv#16777216", 33_554_432, 16_777_216, 0),
                  0,
                  true)));

  private final FileSplitSerializer serializer = new FileSplitSerializer();

  private static byte[] golden() throws IOException {
    return Files.readAllBytes(
        Path.of(
            System.getProperty("dynaload.home"), "src/test/resources/golden/file-split-v1.bin"));
  }

  @Test
  void aSplitOfVersion1IsReadForEver() throws IOException {
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(serializer.deserialize(1, golden())).isEqualTo(SPLIT);
    assertThat(serializer.serialize(SPLIT)).isEqualTo(golden());
  }

  @Test
  void everyCompressionIsReadBack() throws IOException {
    for (Compression compression : Compression.values()) {
      FileSplit split =
          new FileSplit(
              "files-0",
              List.of(
                  SplitPart.unread(
                      new FileToRead(
                          new StoredObject("s3://b/x", 1, "t"), "x", compression, Expectation.NONE),
                      FilePart.whole("x"))));
      assertThat(serializer.deserialize(1, serializer.serialize(split))).isEqualTo(split);
    }
  }

  @Test
  void aSplitOfANewerVersionIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("File split of version 2 is not known here");
  }
}
