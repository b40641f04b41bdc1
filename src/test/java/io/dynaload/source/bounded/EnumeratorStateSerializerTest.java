package io.dynaload.source.bounded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnumeratorStateSerializerTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("dynaload.home"), "src/test/resources/golden/enumerator-v1.bin");
  private static final EnumeratorState<TextSplit> STATE =
      new EnumeratorState<>(
          "table t, ü", true, 5, List.of(new TextSplit("split-3"), new TextSplit("split-4")));

  private final EnumeratorStateSerializer<TextSplit> serializer =
      new EnumeratorStateSerializer<>(TextSplit.SERIALIZER);

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    EnumeratorState<TextSplit> unplanned = new EnumeratorState<>("f", false, 0, List.of());

    assertThat(serializer.deserialize(1, serializer.serialize(STATE))).isEqualTo(STATE);
    assertThat(serializer.deserialize(1, serializer.serialize(unplanned))).isEqualTo(unplanned);
  }

  @Test
  void stateOfVersion1IsReadForEver() throws IOException {
    assertThat(serializer.deserialize(1, Files.readAllBytes(GOLDEN))).isEqualTo(STATE);
    assertThat(serializer.serialize(STATE)).isEqualTo(Files.readAllBytes(GOLDEN));
  }

  @Test
  void stateOfANewerVersionIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Enumerator state of version 2 is not known here");
  }
}
