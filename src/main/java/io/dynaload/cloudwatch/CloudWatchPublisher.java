package io.dynaload.cloudwatch;

import io.dynaload.aws.AwsConfig;
import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.RunReport;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes an import's figures to CloudWatch: from the start on once a minute, and at the end its
 * ledger. {@link io.dynaload.metrics.CloudWatchNames} says what, {@link CumulativeFigures} how it
 * stays right over restarts.
 *
 * <p>It never disturbs the import: it works in daemon threads of its own, and where CloudWatch
 * cannot be reached, is slow or refuses, it says so once in the log. Only the end waits for it, for
 * twenty seconds at most: that is enough for a request that is on its way and every attempt at the
 * last one, and who is asked how far the import is, and does not answer, holds up neither.
 * Thread-safe.
 */
public final class CloudWatchPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CloudWatchPublisher.class);
  private static final Duration SAMPLES = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** What is not waiting for answers: threads that get no turn, and the making of the client. */
  private static final Duration WORK = Duration.ofSeconds(5);

  private static final Duration LAST =
      CloudWatchSink.AT_MOST.multipliedBy(1 + Publishing.LAST_ATTEMPTS).plus(WORK);

  private final ScheduledExecutorService looks = thread("cloudwatch-figures");
  private final ScheduledExecutorService thread = thread("cloudwatch-publisher");
  private @Nullable Publishing publishing;
  private @Nullable MetricSink sink;

  private CloudWatchPublisher() {}

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        work -> {
          Thread made = new Thread(work, name);
          made.setDaemon(true);
          return made;
        });
  }

  /**
   * Begins to publish.
   *
   * @param where the region, and whose credentials; what is null is as the SDK's environment says
   * @param figures asked every five seconds, in a thread of its own; what it throws is told once
   */
  public static CloudWatchPublisher start(
      PublishedRun run, AwsConfig where, Supplier<RunFigures> figures) {
    CloudWatchPublisher publisher = new CloudWatchPublisher();
    publisher.thread.execute(() -> publisher.open(run, where));
    publisher.thread.scheduleWithFixedDelay(
        () -> publisher.publish(Publishing::tick), 0, SAMPLES.toMillis(), TimeUnit.MILLISECONDS);
    publisher.looks.scheduleWithFixedDelay(
        () -> publisher.look(figures), 0, SAMPLES.toMillis(), TimeUnit.MILLISECONDS);
    return publisher;
  }

  private void open(PublishedRun run, AwsConfig where) {
    try {
      MetricSink opened = CloudWatchSink.open(run, where);
      sink = opened;
      publishing = new Publishing(opened, System::nanoTime);
    } catch (RuntimeException e) {
      LOG.warn(
          "The figures of this import are not published to CloudWatch: {}. The import goes on.",
          e.getMessage());
    }
  }

  private void look(Supplier<RunFigures> figures) {
    Consumer<Publishing> seen;
    try {
      RunFigures now = figures.get();
      seen = to -> to.sample(now);
    } catch (RuntimeException e) {
      seen = to -> to.missing(e);
    }
    Consumer<Publishing> taken = seen;
    try {
      thread.execute(() -> publish(taken));
    } catch (RejectedExecutionException hasEnded) {
      LOG.debug("It has ended meanwhile", hasEnded);
    }
  }

  private void publish(Consumer<Publishing> what) {
    if (publishing != null) {
      what.accept(publishing);
    }
  }

  /** Publishes the ledger of a step that others follow, in other processes, and nothing more. */
  public void endStep(RunReport report) {
    end(to -> to.endStep(report));
  }

  /** Publishes the ledger, and whether the run failed, and nothing more. */
  public void end(RunReport report, boolean hasFailed) {
    end(to -> to.end(report, hasFailed));
  }

  /** Stops without a last figure: how the run ends is another process's to tell. */
  public void leave() {
    end(to -> {});
  }

  /** Stops; a run of which no end was told before has failed, and that is published. */
  @Override
  public void close() {
    end(Publishing::fail);
  }

  private void end(Consumer<Publishing> last) {
    looks.shutdownNow();
    try {
      thread
          .submit(
              () -> {
                publish(last);
                if (sink != null) {
                  sink.close();
                }
              })
          .get(LAST.toMillis(), TimeUnit.MILLISECONDS);
      // Who is asked just now may be at work on something that is cleared away after this.
      if (!looks.awaitTermination(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("Who is asked how far the import is does not answer");
      }
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("The last figures of this import may not have been published to CloudWatch", e);
    } catch (RejectedExecutionException hasEnded) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
