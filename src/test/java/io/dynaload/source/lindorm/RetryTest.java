package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final List<Long> pauses = new ArrayList<>();
  private long nanos;
  private int attempts;
  private int resets;

  private final Retry retry =
      new Retry(
          Duration.ofSeconds(60),
          millis -> {
            pauses.add(millis);
            nanos += Duration.ofMillis(millis).toNanos();
          },
          () -> nanos);

  private String succeedAfter(int failures, Exception failure) throws Exception {
    return retry.call(
        "Reading t/split-0",
        () -> {
          if (attempts++ >= failures) {
            return "page";
          }
          if (failure instanceof SQLException checked) {
            throw checked;
          }
          throw (RuntimeException) failure;
        },
        () -> resets++);
  }

  @Test
  void aConnectionThatWasCutIsReplacedAtOnce() throws Exception {
    assertThat(succeedAfter(1, new IllegalStateException("cut"))).isEqualTo("page");
    assertThat(pauses).containsExactly(0L);
    assertThat(resets).isEqualTo(1);
  }

  @Test
  void pausesDoubleWithJitter() throws Exception {
    assertThat(succeedAfter(7, new SQLException("down"))).isEqualTo("page");

    assertThat(pauses).hasSize(7);
    for (int i = 1; i < pauses.size(); i++) {
      long longest = Math.min(10_000, 500L << (i - 1));
      assertThat(pauses.get(i)).isBetween(longest / 2, longest);
    }
  }

  @Test
  void failuresThatLastTooLongAreLeftToTheRestartStrategy() {
    assertThatThrownBy(() -> succeedAfter(Integer.MAX_VALUE, new SQLException("down")))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("Reading t/split-0 failed [0-9]+ times, at last with: down");
    assertThat(resets).isEqualTo(attempts).isBetween(10, 17);
    assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
  }

  @Test
  void aMinuteOfFailuresIsEnough() {
    assertThatThrownBy(
            () ->
                retry.call(
                    "Reading t/split-0",
                    () -> {
                      nanos += Duration.ofSeconds(45).toNanos();
                      throw new SQLException("slow");
                    },
                    () -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("Reading t/split-0 failed 3 times, at last with: slow");
  }

  @Test
  void whatNoRetryCanMendPassesAtOnce() {
    ImportException failure = new ImportException(ErrorCode.CONFIGURATION, "login", "check");

    assertThatThrownBy(() -> succeedAfter(1, failure)).isSameAs(failure);
    assertThat(resets).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aTimeoutIsNotRepeatedAsItIs() {
    SQLTimeoutException timeout = new SQLTimeoutException("too slow");

    assertThatThrownBy(() -> succeedAfter(1, timeout)).isSameAs(timeout);
    assertThat(resets).isEqualTo(1);
  }

  @Test
  void aReaderThatIsInterruptedTriesNoMore() {
    assertThatThrownBy(
            () ->
                retry.call(
                    "Reading t/split-0",
                    () -> {
                      Thread.currentThread().interrupt();
                      throw new SQLException("closed");
                    },
                    () -> {}))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theServersReasonIsFoundWhereverItStands() {
    assertThat(Failures.reason(new RuntimeException(new SQLException("table gone"))))
        .isEqualTo("table gone");
    assertThat(Failures.reason(new RuntimeException(new IllegalStateException())))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
