package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanSplitSerializerTest {
  private static final ScanSplit SPLIT =
      new ScanSplit(
          "orders#17",
          "orders",
          List.of("größe", "id", "n"),
          1_000_000,
          List.of(
              Segment.unread(999_999),
              new Segment(
                  3,
                  "{\"größe\":{\"S\":\"ü\"},\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"1.50\"}}",
                  12_345_678_901L,
                  false),
              new Segment(4, "", 7, true)));

  private final ScanSplitSerializer serializer = new ScanSplitSerializer();

  private static byte[] golden() throws IOException {
    return Files.readAllBytes(
        Path.of(
            System.getProperty("dynaload.home"), "src/test/resources/golden/scan-split-v1.bin"));
  }

  @Test
  void aSplitOfVersion1IsReadForEver() throws IOException {
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(serializer.deserialize(1, golden())).isEqualTo(SPLIT);
    assertThat(serializer.serialize(SPLIT)).isEqualTo(golden());
  }

  @Test
  void aSplitOfANewerVersionIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Scan split of version 2 is not known here");
  }
}
