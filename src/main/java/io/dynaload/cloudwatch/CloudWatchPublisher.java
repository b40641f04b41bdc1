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
 * <p>It never disturbs the import: it works in a daemon thread of its own, and where CloudWatch
 * cannot be reached, is slow or refuses, it says so once in the log. Only the end waits for it, for
 * a quarter of a minute at most. Thread-safe.
 */
public final class CloudWatchPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CloudWatchPublisher.class);
  private static final Duration SAMPLES = Duration.ofSeconds(5);
  private static final Duration LAST = Duration.ofSeconds(15);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "cloudwatch-publisher");
            made.setDaemon(true);
            return made;
          });
  private @Nullable Publishing publishing;
  private @Nullable MetricSink sink;

  private CloudWatchPublisher() {}

  /**
   * Begins to publish.
   *
   * @param where the region, and whose credentials; what is null is as the SDK's environment says
   * @param figures asked every five seconds, in the publisher's thread; what it throws is told once
   */
  public static CloudWatchPublisher start(
      PublishedRun run, AwsConfig where, Supplier<RunFigures> figures) {
    CloudWatchPublisher publisher = new CloudWatchPublisher();
    publisher.thread.execute(() -> publisher.open(run, where, figures));
    publisher.thread.scheduleWithFixedDelay(
        publisher::tick, 0, SAMPLES.toMillis(), TimeUnit.MILLISECONDS);
    return publisher;
  }

  private void open(PublishedRun run, AwsConfig where, Supplier<RunFigures> figures) {
    try {
      MetricSink opened = CloudWatchSink.open(run, where);
      sink = opened;
      publishing = new Publishing(opened, System::nanoTime, figures);
    } catch (RuntimeException e) {
      LOG.warn(
          "The figures of this import are not published to CloudWatch: {}. The import goes on.",
          e.getMessage());
    }
  }

  private void tick() {
    if (publishing != null) {
      publishing.tick();
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
    try {
      thread
          .submit(
              () -> {
                if (publishing != null) {
                  last.accept(publishing);
                }
                if (sink != null) {
                  sink.close();
                }
              })
          .get(LAST.toMillis(), TimeUnit.MILLISECONDS);
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
