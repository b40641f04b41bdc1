package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.sql.SQLException;
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
      assertThat(pauses.get(i)).isBetween(250L << (i - 1), 500L << (i - 1));
    }
  }

  @Test
  void theEighthFailureInARowIsLeftToTheRestartStrategy() {
    assertThatThrownBy(() -> succeedAfter(8, new SQLException("down")))
        .isInstanceOf(IOException.class)
        .hasMessage("Reading t/split-0 failed 8 times, at last with: down");
    assertThat(resets).isEqualTo(8);
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
  void theServersReasonIsFoundWhereverItStands() {
    assertThat(Failures.reason(new RuntimeException(new SQLException("table gone"))))
        .isEqualTo("table gone");
    assertThat(Failures.reason(new RuntimeException(new IllegalStateException())))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
