package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.metrics.Count;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StepsDoneTest {
  private static final StepsDone DONE =
      new StepsDone(
          2,
          new RunCounts(
              new EnumMap<>(Map.of(Count.READ, 50L, Count.WRITTEN, 48L, Count.REJECTED, 2L)),
              new TreeMap<>(Map.of("KEY_EMPTY", 2L))));

  private static String golden() throws IOException {
    try (InputStream in = StepsDoneTest.class.getResourceAsStream("/golden/steps-done-v1.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsAndWritesVersion1() throws IOException {
    assertThat(StepsDone.ofJson(golden())).isEqualTo(DONE);
    assertThat(DONE.toJson()).isEqualTo(golden());
  }

  @Test
  void refusesALaterVersionAndHalfAFile() {
    assertThatThrownBy(() -> StepsDone.ofJson("{\"version\":2,\"steps\":1}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> StepsDone.ofJson("{\"version\":1,\"ste"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void countsAddUp() {
    RunCounts more =
        new RunCounts(
            Map.of(Count.READ, 7L, Count.DELETED, 7L), new TreeMap<>(Map.of("NUMBER", 1L)));
    RunCounts sum = DONE.counts().plus(more);
    assertThat(sum.counts())
        .containsEntry(Count.READ, 57L)
        .containsEntry(Count.WRITTEN, 48L)
        .containsEntry(Count.DELETED, 7L);
    assertThat(sum.rejected()).containsExactly(Map.entry("KEY_EMPTY", 2L), Map.entry("NUMBER", 1L));
  }
}
