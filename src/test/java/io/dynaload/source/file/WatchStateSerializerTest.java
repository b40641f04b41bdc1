package io.dynaload.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.source.file.SeenFiles.Mark;
import io.dynaload.source.format.RecordFormat.Splitting;
import io.dynaload.source.storage.Compression;
import io.dynaload.source.storage.Expectation;
import io.dynaload.source.storage.FileSplitPlanner;
import io.dynaload.source.storage.FileToRead;
import io.dynaload.source.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchStateSerializerTest {
  private static final WatchState STATE =
      new WatchState(
          "json of s3://b/größe",
          3,
          List.of(new Mark(1, -2), new Mark(-1, 7)),
          FileSplitPlanner.plan(
              List.of(
                  new FileToRead(
                      new StoredObject("s3://b/x", 5, "tag"),
                      "s3://b/x",
                      Compression.ZSTD,
                      Expectation.NONE)),
              Splitting.NONE,
              1,
              2));

  private final WatchStateSerializer serializer = new WatchStateSerializer();

  @Test
  void stateOfVersion1IsReadForEver() throws IOException {
    byte[] golden =
        Files.readAllBytes(
            Path.of(
                System.getProperty("dynaload.home"),
                "src/test/resources/golden/file-watch-v1.bin"));
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(serializer.deserialize(1, golden)).isEqualTo(STATE);
    assertThat(serializer.serialize(STATE)).isEqualTo(golden);
  }

  @Test
  void stateOfANewerVersionIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("State of a watch of version 2 is not known here");
  }
}
