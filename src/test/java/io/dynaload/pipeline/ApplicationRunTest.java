package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.deadletter.ErrorBudget;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.MetricNames;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.UnsuccessfulExecutionException;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is an end of a run, and what is none. */
@Timeout(60)
class ApplicationRunTest {
  @TempDir private java.nio.file.Path directory;
  private RunFolder folder;

  @BeforeEach
  void makeTheFolder() {
    folder = new RunFolder(new Path(directory.toUri()));
  }

  private ApplicationRun run(Duration writePause) {
    return new ApplicationRun(folder, Duration.ofMillis(1), writePause);
  }

  @Test
  void aRunThatHasNoJobYetEndsByWhatKeepsItFromBeginning() throws Exception {
    assertThatThrownBy(run(Duration.ZERO)::run).isInstanceOf(UnsuccessfulExecutionException.class);

    ImportException told = folder.outcome().orElseThrow().failure();
    assertThat(told).extracting(ImportException::code).isEqualTo(ErrorCode.CONFIGURATION);
  }

  @Test
  void aRunThatMayHaveAJobIsLeftToTheNextAttemptByWhatIsOutOfReach() throws Exception {
    folder.submits();

    assertThatThrownBy(run(Duration.ZERO)::run).isInstanceOf(JobOutOfSightException.class);

    assertThat(folder.outcome()).isEmpty();
  }

  @Test
  void howItEndedIsWrittenAgainWhereThatFails() throws Exception {
    java.nio.file.Path inTheWay = directory.resolve("outcome.json.part");
    Files.createDirectory(inTheWay);
    FutureTask<Void> ending =
        new FutureTask<>(
            () -> {
              run(Duration.ofSeconds(2)).run();
              return null;
            });
    Thread thread = new Thread(ending, "run");
    thread.start();
    while (!isWaitingToWrite(thread)) {
      assertThat(ending.isDone()).isFalse();
      thread.join(10);
    }
    Files.delete(inTheWay);

    assertThatThrownBy(() -> ending.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnsuccessfulExecutionException.class);
    assertThat(folder.outcome()).isPresent();
  }

  private static boolean isWaitingToWrite(Thread thread) {
    List<StackTraceElement> stack = Arrays.asList(thread.getStackTrace());
    return thread.getState() == Thread.State.TIMED_WAITING
        && stack.stream()
            .anyMatch(
                frame ->
                    frame.getMethodName().equals("write")
                        && frame.getClassName().equals(ApplicationRun.class.getName()));
  }

  /** A job in which one item was rejected, of which the first looks hear nothing. */
  private static final class SpoiltJob implements Job, LiveMetrics {
    private final JobID id = new JobID();
    int unknown;
    int looks;
    int points;
    boolean isCancelled;

    @Override
    public JobID id() {
      return id;
    }

    @Override
    public LiveMetrics live() {
      return this;
    }

    @Override
    public boolean await(Duration atMost) {
      looks++;
      return looks > 100;
    }

    @Override
    public End end() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Point takePoint() {
      points++;
      return points == 1 ? Point.TOO_LATE : Point.TAKEN;
    }

    @Override
    public void cancel() {
      isCancelled = true;
    }

    @Override
    public Map<Count, Long> counts() {
      if (looks <= unknown) {
        throw new IllegalStateException("not now");
      }
      return Map.of(Count.READ, 10L, Count.REJECTED, 1L);
    }

    @Override
    public boolean isWhole(int parallelism) {
      return true;
    }

    @Override
    public double figure(String name) {
      return name.equals(MetricNames.JOB_REJECTED) ? 1 : 0;
    }
  }

  private boolean isStopped(SpoiltJob job, ErrorBudget budget) throws Exception {
    ImportRun run =
        new ImportRun(job, 1, new ImportRun.Work("readings", StepsDone.NONE, 1), Instant.EPOCH);
    return ApplicationRun.watch(run, new ApplicationFigures(folder, run::figures), budget);
  }

  @Test
  void aRunWithoutBudgetThatCouldNotBeStoppedAtOnceIsStoppedLater() throws Exception {
    SpoiltJob job = new SpoiltJob();

    assertThat(isStopped(job, ErrorBudget.NONE)).isTrue();

    assertThat(job.points).isEqualTo(2);
    assertThat(job.isCancelled).isTrue();
    assertThat(job.looks).isBetween(10, 50);
  }

  @Test
  void countsThatAreNotKnownEndNoRun() throws Exception {
    SpoiltJob job = new SpoiltJob();
    job.unknown = 20;
    assertThat(isStopped(job, ErrorBudget.NONE)).isTrue();

    job = new SpoiltJob();
    job.unknown = 200;
    assertThat(isStopped(job, ErrorBudget.NONE)).isFalse();
    assertThat(job.isCancelled).isFalse();
  }
}
