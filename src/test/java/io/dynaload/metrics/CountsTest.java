package io.dynaload.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void countsOnFromWhatWasRestored() {
    Counts first = new Counts(Count.WRITTEN, Count.BYTES);
    first.add(Count.WRITTEN, 3);
    first.add(Count.BYTES, 1L << 40);
    Counts second = new Counts(Count.WRITTEN, Count.BYTES);
    second.add(Count.WRITTEN, 4);

    Counts both = new Counts(Count.WRITTEN, Count.BYTES);
    both.add(first.toBytes());
    both.add(second.toBytes());
    both.add(Count.WRITTEN, 1);

    assertThat(both.get(Count.WRITTEN)).isEqualTo(8);
    assertThat(both.get(Count.BYTES)).isEqualTo(1L << 40);
  }

  @Test
  void readsWhatVersion1Wrote() throws IOException {
    Counts counts = new Counts(Count.READ, Count.WRITTEN, Count.RETRIED);
    try (InputStream golden = CountsTest.class.getResourceAsStream("/golden/counts-v1.bin")) {
      counts.add(golden.readAllBytes());
    }
    assertThat(counts.get(Count.READ)).isEqualTo(1_250_000_000_000L);
    assertThat(counts.get(Count.WRITTEN)).isEqualTo(42);
    assertThat(counts.get(Count.RETRIED)).isZero();
  }

  @Test
  void writesVersion1() throws IOException {
    Counts counts = new Counts(Count.READ, Count.WRITTEN, Count.RETRIED);
    counts.add(Count.READ, 1_250_000_000_000L);
    counts.add(Count.WRITTEN, 42);
    try (InputStream golden = CountsTest.class.getResourceAsStream("/golden/counts-v1.bin")) {
      assertThat(counts.toBytes()).isEqualTo(golden.readAllBytes());
    }
  }

  @Test
  void refusesWhatANewerProgramWrote() {
    byte[] newer = new Counts(Count.READ).toBytes();
    newer[0] = 2;
    assertThatThrownBy(() -> new Counts(Count.READ).add(newer)).hasMessageContaining("version 2");
  }

  @Test
  void refusesToCountWhatItWasNotMadeFor() {
    assertThatThrownBy(() -> new Counts(Count.READ).add(Count.WRITTEN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyCountHasAnIdAndANameOfItsOwn() {
    assertThat(Arrays.stream(Count.values()).map(Count::id)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Count.values()).map(Count::key)).doesNotHaveDuplicates();
  }
}
