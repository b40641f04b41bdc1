package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.UnsuccessfulExecutionException;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.util.OptionalFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts as the end of a job, and what only as no answer. */
@Timeout(60)
class ApplicationJobTest {
  private static final CompletableFuture<JobExecutionResult> NO_ANSWER =
      CompletableFuture.failedFuture(new TimeoutException("The dispatcher does not answer"));
  private static final CompletableFuture<JobExecutionResult> FINISHED =
      CompletableFuture.completedFuture(
          new JobExecutionResult(
              new JobID(),
              1,
              Map.of(MetricNames.accumulator(Count.WRITTEN), OptionalFailure.of(7L))));

  private static CompletableFuture<JobExecutionResult> failed(Exception failure) {
    return CompletableFuture.failedFuture(failure);
  }

  private static UnsuccessfulExecutionException unsuccessful(ApplicationStatus status) {
    return new UnsuccessfulExecutionException(new JobID(), status, "It ended so", null);
  }

  private static ApplicationJob job(ScriptedJob client) {
    client.accumulators(
        CompletableFuture.completedFuture(Map.of(MetricNames.accumulator(Count.WRITTEN), 3L)));
    return new ApplicationJob(client, Duration.ofMillis(1));
  }

  @Test
  void anAnswerThatDoesNotComeIsNoEndAndIsAskedForAgain() throws Exception {
    CompletableFuture<JobExecutionResult> unknown = failed(unsuccessful(ApplicationStatus.UNKNOWN));
    ScriptedJob client = new ScriptedJob().results(NO_ANSWER, unknown, FINISHED);
    ApplicationJob job = job(client);

    assertThat(job.await(Duration.ofSeconds(1))).isFalse();
    assertThat(job.await(Duration.ofSeconds(1))).isFalse();
    assertThat(job.await(Duration.ofSeconds(1))).isTrue();
    assertThat(client.resultsAsked).isEqualTo(3);
  }

  @Test
  void theEndIsWaitedForThroughAnswersThatDoNotCome() throws Exception {
    Job.End end = job(new ScriptedJob().results(NO_ANSWER, NO_ANSWER, FINISHED)).end();

    assertThat(end.state()).isEqualTo(Job.State.FINISHED);
    assertThat(end.counts().counts()).containsEntry(Count.WRITTEN, 7L);
  }

  @Test
  void aJobOfWhichNothingIsHeardIsOutOfSightAndHasNotFailed() {
    ScriptedJob client = new ScriptedJob().results(NO_ANSWER);

    assertThatThrownBy(() -> job(client).end()).isInstanceOf(JobOutOfSightException.class);
    assertThat(client.resultsAsked).isBetween(10, 100);
  }

  @Test
  void whatFlinkSaysOfAJobThatDidNotFinishIsItsEnd() throws Exception {
    JobID id = new JobID();
    for (Exception failure :
        new Exception[] {
          new JobExecutionException(id, "It failed"), unsuccessful(ApplicationStatus.FAILED)
        }) {
      Job.End end = job(new ScriptedJob().results(failed(failure))).end();
      assertThat(end.state()).as(failure.toString()).isEqualTo(Job.State.FAILED);
      assertThat(end.failure()).hasRootCause(failure);
      assertThat(end.counts().counts()).containsEntry(Count.WRITTEN, 3L);
    }
    for (Exception failure :
        new Exception[] {
          new JobCancellationException(id, "It was cancelled", null),
          unsuccessful(ApplicationStatus.CANCELED)
        }) {
      Job.End end = job(new ScriptedJob().results(failed(failure))).end();
      assertThat(end.state()).as(failure.toString()).isEqualTo(Job.State.CANCELED);
      assertThat(end.failure()).isNull();
    }
  }
}
