package io.dynaload.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.aws.AwsConfig;
import io.dynaload.emr.fake.AwsError;
import io.dynaload.emr.fake.FakeAws;
import io.dynaload.emr.fake.FakeCloudWatch;
import io.dynaload.emr.fake.Planned;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The publisher beside a CloudWatch that is there, denies, is slow, or is not there. */
@Timeout(120)
class CloudWatchPublisherITCase {
  private static final String ENDPOINT = "aws.endpointUrlCloudWatch";
  private static final RunReport REPORT =
      new RunReport(
          "readings",
          RunState.FINISHED,
          Ledger.ofWholeRun(Map.of(Count.READ, 7L, Count.WRITTEN, 7L)),
          Instant.EPOCH,
          Duration.ofSeconds(9));

  private final FakeCloudWatch cloudWatch = new FakeCloudWatch(Clock.systemUTC());
  private FakeAws aws;

  @BeforeEach
  void start() throws Exception {
    aws = FakeAws.start(cloudWatch);
    System.setProperty(ENDPOINT, aws.endpoint().toString());
  }

  @AfterEach
  void stop() {
    System.clearProperty(ENDPOINT);
    aws.close();
  }

  private static CloudWatchPublisher publisher() {
    return publisher(() -> RunFigures.NONE);
  }

  private static CloudWatchPublisher publisher(Supplier<RunFigures> figures) {
    return CloudWatchPublisher.start(
        new PublishedRun("readings", "run-1", null), new AwsConfig(null, null, null), figures);
  }

  private void plan(Planned... inTurn) {
    aws.plan("monitoring", "PutMetricData", inTurn);
  }

  private double last(String metric) {
    return cloudWatch.data().stream()
        .filter(datum -> datum.name().equals(metric))
        .reduce((one, next) -> next)
        .orElseThrow()
        .value();
  }

  @Test
  void publishesOnceAtTheBeginningAndOnceAtTheEnd() {
    try (CloudWatchPublisher publisher = publisher()) {
      publisher.end(REPORT, false);
    }
    assertThat(cloudWatch.publications()).isEqualTo(2);
    assertThat(last("written")).isEqualTo(7);
    assertThat(last("failed")).isZero();
  }

  @Test
  void aRunWithoutAnEndHasFailed() {
    publisher().close();
    assertThat(last("failed")).isEqualTo(1);
  }

  @Test
  void aRefusalIsTriedOnceMoreAtTheEndAndNotBefore() {
    AwsError denied = new AwsError(403, "AccessDenied", "not you");
    plan(Planned.fails(denied), Planned.fails(denied));
    try (CloudWatchPublisher publisher = publisher()) {
      publisher.end(REPORT, true);
    }
    assertThat(aws.requests("monitoring", "PutMetricData")).hasSize(3);
    assertThat(cloudWatch.publications()).isEqualTo(1);
    assertThat(last("failed")).isEqualTo(1);
  }

  @Test
  void whoDoesNotSayHowFarTheImportIsHoldsUpNeitherTheMinutesNorTheEnd() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    long begin = System.nanoTime();
    try (CloudWatchPublisher publisher =
        publisher(
            () -> {
              asked.countDown();
              awaitUninterruptibly(never);
              return RunFigures.NONE;
            })) {
      awaitUninterruptibly(asked);
      publisher.end(REPORT, false);
    }
    never.countDown();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    assertThat(cloudWatch.publications()).isEqualTo(2);
    assertTheEndIsPublished();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await(100, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        continue;
      }
    }
  }

  /** The minute's request hangs, and so does the first attempt at the last one. */
  @Test
  void theEndIsPublishedAlthoughCloudWatchIsSlow() {
    Duration forever = Duration.ofSeconds(100);
    plan(Planned.late(forever), Planned.late(forever), Planned.late(Duration.ofSeconds(2)));
    try (CloudWatchPublisher publisher = publisher()) {
      publisher.end(REPORT, false);
    }
    assertTheEndIsPublished();
  }

  private void assertTheEndIsPublished() {
    REPORT
        .ledger()
        .counts()
        .forEach((count, value) -> assertThat(last(count.key())).isEqualTo(value.doubleValue()));
    assertThat(last("read")).isEqualTo(last("written")).isEqualTo(7);
    assertThat(last("failed")).isZero();
  }

  @Test
  void oneThatLeavesTheEndToAnotherProcessTellsNone() {
    try (CloudWatchPublisher publisher = publisher()) {
      publisher.leave();
    }
    assertThat(cloudWatch.publications()).isEqualTo(1);
    assertThat(cloudWatch.data()).extracting(FakeCloudWatch.Datum::name).doesNotContain("failed");
  }

  @Test
  void theEndDoesNotWaitLongForOneThatIsSlow() {
    Planned slow = Planned.late(Duration.ofSeconds(60));
    plan(slow, slow, slow);
    long begin = System.nanoTime();
    try (CloudWatchPublisher publisher = publisher()) {
      publisher.end(REPORT, false);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void oneThatIsNotThereDisturbsNothing() {
    aws.close();
    long begin = System.nanoTime();
    try (CloudWatchPublisher publisher = publisher()) {
      publisher.endStep(REPORT);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
    assertThat(cloudWatch.publications()).isZero();
  }
}
