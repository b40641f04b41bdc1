package io.dynaload.source.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final List<Long> pauses = new ArrayList<>();
  private long now;
  private final Retry retry =
      new Retry(
          millis -> {
            pauses.add(millis);
            now += Duration.ofMillis(millis).toNanos();
          },
          () -> now);

  @Test
  void theFirstFailureCostsNoTimeAndTheNextOnesEverMore() throws IOException {
    Retry.Streak streak = retry.streak("Reading x");
    for (int i = 0; i < 9; i++) {
      streak.failed(new IOException("cut"));
    }
    assertThat(pauses.get(0)).isZero();
    for (int i = 1; i < pauses.size(); i++) {
      long whole = Math.min(10_000, 250L << (i - 1));
      assertThat(pauses.get(i)).isBetween(whole / 2, whole);
    }
  }

  @Test
  void aMinuteOfFailuresIsTheEnd() {
    Retry.Streak streak = retry.streak("Reading x");
    assertThatThrownBy(
            () -> {
              while (true) {
                streak.failed(new IOException("cut"));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageMatching("Reading x failed \\d+ times, at last with: cut");
    assertThat(Duration.ofNanos(now)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
  }

  @Test
  void aSuccessBeginsAnew() throws IOException {
    Retry.Streak streak = retry.streak("Reading x");
    for (int i = 0; i < 50; i++) {
      streak.failed(new IOException("cut"));
      now += Duration.ofMinutes(5).toNanos();
      streak.succeeded();
    }
    assertThat(pauses).hasSize(50).containsOnly(0L);
  }

  @Test
  void anInterruptedThreadGivesUp() {
    Retry.Streak streak = retry.streak("Reading x");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> streak.failed(new IOException("cut")))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
