package io.dynaload.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RejectedByCodeTest {
  private static RejectedByCode sample() {
    RejectedByCode counts = new RejectedByCode();
    counts.add("NUMBER", 2);
    counts.add("KEY_EMPTY", 1);
    counts.add("NUMBER", 300);
    return counts;
  }

  private static byte[] golden() throws Exception {
    try (InputStream in =
        RejectedByCodeTest.class.getResourceAsStream("/golden/rejected-by-code-v1.bin")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void versionOneIsWrittenAndReadAsItAlwaysWas() throws Exception {
    assertThat(sample().toBytes()).isEqualTo(golden());
    RejectedByCode read = new RejectedByCode();
    read.add(golden());
    assertThat(read.toBytes()).isEqualTo(golden());
  }

  @Test
  void theCountsOfSeveralSubtasksAddUp() throws Exception {
    RejectedByCode read = new RejectedByCode();
    read.add(golden());
    read.add(golden());
    RejectedByCode twice = sample();
    twice.add("NUMBER", 302);
    twice.add("KEY_EMPTY", 1);
    assertThat(read.toBytes()).isEqualTo(twice.toBytes());
  }

  @Test
  void aVersionToComeIsRefused() {
    assertThatThrownBy(() -> new RejectedByCode().add(new byte[] {2}))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("version 2");
  }
}
