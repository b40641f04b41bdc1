package io.dynaload.source.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.aws.AwsConfig;
import io.dynaload.capacity.ManualThread;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.error.OutageException;
import io.dynaload.wire.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Failure FAILURE = Failure.answered(500, "InternalServerError", "");

  private final ManualThread thread = new ManualThread();
  private final Patience patience =
      new Patience(
          new ScanErrors(new AwsConfig("us-east-1", "http://127.0.0.1:1", null), "the table t"),
          "table t",
          thread);

  private void failedAfter(Duration passed, Duration spent) {
    thread.runUntil(thread.nanoTime() + passed.toNanos());
    patience.failed(FAILURE, spent.toNanos());
  }

  @Test
  void itEndsAfterFiveMinutesOfFailures() {
    Duration two = Duration.ofSeconds(2);
    for (int i = 1; i < 150; i++) {
      failedAfter(two, two);
    }
    assertThatThrownBy(() -> failedAfter(two, two))
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("nothing could be read for 5 minutes");
  }

  @Test
  void callsSideBySideAreNotCountedTwice() {
    Duration two = Duration.ofSeconds(2);
    for (int i = 1; i < 150; i++) {
      failedAfter(two, two);
      failedAfter(Duration.ZERO, two);
      failedAfter(Duration.ZERO, two);
    }
    assertThatThrownBy(() -> failedAfter(two, two)).isInstanceOf(OutageException.class);
  }

  @Test
  void theTimeInWhichTheCapacityHasNothingToGiveIsNotCounted() {
    Duration wait = Duration.ofMinutes(10);
    Duration call = Duration.ofSeconds(1);
    for (int i = 1; i < 300; i++) {
      failedAfter(wait, call);
    }
    assertThatThrownBy(() -> failedAfter(wait, call)).isInstanceOf(OutageException.class);
  }

  @Test
  void aPageBeginsItAnew() {
    Duration four = Duration.ofMinutes(4);
    failedAfter(four, four);
    patience.succeeded();
    failedAfter(four, four);
    assertThatThrownBy(() -> failedAfter(four, four)).isInstanceOf(OutageException.class);
  }

  @Test
  void whatWouldFailAgainEndsAtOnce() {
    assertThatThrownBy(
            () -> patience.failed(Failure.answered(400, "ValidationException", "no index"), 1))
        .isInstanceOfSatisfying(
            ImportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE))
        .hasMessage(
            "the table t (us-east-1, http://127.0.0.1:1) cannot be scanned any more: no index");
  }
}
