package io.dynaload.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

@Timeout(30)
class RecentCredentialsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Asks are answered when the test says so, in their order. */
  private final BlockingQueue<Supplier<AwsCredentials>> answers = new LinkedBlockingQueue<>();

  private final RecentCredentials credentials = new RecentCredentials(this::answer);

  private AwsCredentials answer() {
    try {
      return answers.take().get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void stop() {
    credentials.close();
  }

  private CompletableFuture<AwsCredentials> after(long millis) {
    return credentials.at(START.plusMillis(millis));
  }

  private static AwsCredentials until(String name, long seconds) {
    return AwsSessionCredentials.builder()
        .accessKeyId(name)
        .secretAccessKey("s")
        .sessionToken("t")
        .expirationTime(START.plusSeconds(seconds))
        .build();
  }

  private static String name(CompletableFuture<AwsCredentials> credentials) throws Exception {
    return credentials.get(20, TimeUnit.SECONDS).accessKeyId();
  }

  @Test
  void whoeverComesFirstWaitsForOneAnswerTogether() throws Exception {
    CompletableFuture<AwsCredentials> first = after(0);
    CompletableFuture<AwsCredentials> second = after(10);
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();

    answers.add(() -> until("A", 3600));

    assertThat(name(first)).isEqualTo("A");
    assertThat(name(second)).isEqualTo("A");
    assertThat(after(999)).isDone();
  }

  @Test
  void thoseAtHandAreUsedWhileOthersAreFetched() throws Exception {
    answers.add(() -> until("A", 60));
    assertThat(name(after(0))).isEqualTo("A");

    assertThat(name(after(2_000))).isEqualTo("A");
    assertThat(name(after(59_999))).isEqualTo("A");
    CompletableFuture<AwsCredentials> expired = after(60_000);
    assertThat(expired).isNotDone();

    answers.add(() -> until("B", 3600));
    assertThat(name(expired)).isEqualTo("B");
  }

  @Test
  void aFailureIsToldToThoseWhoWaitAndTheNextAsksAgain() throws Exception {
    answers.add(() -> until("A", 60));
    assertThat(name(after(0))).isEqualTo("A");
    assertThat(name(after(2_000))).isEqualTo("A");

    CompletableFuture<AwsCredentials> expired = after(61_000);
    answers.add(
        () -> {
          throw SdkClientException.create("unreachable");
        });

    assertThatThrownBy(() -> expired.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("unreachable");
    assertThat(credentials.wereThere()).isTrue();
    answers.add(() -> until("B", 3600));
    assertThat(name(after(62_000))).isEqualTo("B");
  }

  @Test
  void thoseThatWereRefusedAreAskedForOnceMore() throws Exception {
    answers.add(() -> until("A", 3600));
    AwsCredentials refused = after(0).get(20, TimeUnit.SECONDS);

    CompletableFuture<AwsCredentials> instead = insteadOf(refused, 100);
    assertThat(insteadOf(refused, 110)).isSameAs(instead);
    answers.add(() -> until("B", 3600));
    assertThat(name(instead)).isEqualTo("B");

    assertThat(name(after(120))).isEqualTo("B");
    // Another call that was signed with the old ones comes back later.
    assertThat(name(insteadOf(refused, 130))).isEqualTo("B");
  }

  private CompletableFuture<AwsCredentials> insteadOf(AwsCredentials refused, long millis) {
    return credentials.insteadOf(refused, START.plusMillis(millis));
  }

  @Test
  void thoseThatNameNoEndAreUsedForAMinute() throws Exception {
    answers.add(() -> AwsBasicCredentials.create("A", "s"));
    assertThat(name(after(0))).isEqualTo("A");

    assertThat(after(59_000)).isDone();
    assertThat(after(Duration.ofMinutes(1).toMillis())).isNotDone();
  }
}
