package io.dynaload.cloudwatch;

import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When figures are published: at once, then a request a minute, and one at the end. That one does
 * not wait for its minute, as the process ends; so an import of n minutes sends at most n + 2
 * requests. What fails is told once in the log, and never thrown. Not thread-safe.
 */
final class Publishing {
  static final Duration INTERVAL = Duration.ofMinutes(1);

  /** How often the last one is tried: an alarm and the monitor read what no other one says. */
  static final int LAST_ATTEMPTS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(CloudWatchPublisher.class);

  private final MetricSink sink;
  private final LongSupplier nanos;
  private final CumulativeFigures figures = new CumulativeFigures();
  private long next;
  private boolean hasWarned;
  private boolean hasEnded;

  /**
   * @param nanos a monotonic clock
   */
  Publishing(MetricSink sink, LongSupplier nanos) {
    this.sink = sink;
    this.nanos = nanos;
    this.next = nanos.getAsLong();
  }

  /** Takes how far the import is now. */
  void sample(RunFigures now) {
    figures.sample(nanos.getAsLong(), now);
  }

  /** Takes that nobody can tell now how far the import is. */
  void missing(RuntimeException why) {
    warn(why);
  }

  /** Publishes if it is time. */
  void tick() {
    if (hasEnded) {
      return;
    }
    long now = nanos.getAsLong();
    if (now - next >= 0) {
      next = now + INTERVAL.toNanos();
      put(figures.publish(now));
    }
  }

  void endStep(RunReport report) {
    end(figures.publishStep(nanos.getAsLong(), report));
  }

  void end(RunReport report, boolean hasFailed) {
    end(figures.publishLast(nanos.getAsLong(), report, hasFailed));
  }

  void fail() {
    end(figures.publishFailure(nanos.getAsLong()));
  }

  private void end(List<Figure> last) {
    if (hasEnded) {
      return;
    }
    hasEnded = true;
    for (int attempt = 0; attempt < LAST_ATTEMPTS; attempt++) {
      if (put(last)) {
        return;
      }
    }
  }

  private boolean put(List<Figure> now) {
    try {
      sink.put(now);
      return true;
    } catch (RuntimeException e) {
      warn(e);
      return false;
    }
  }

  private void warn(RuntimeException e) {
    if (hasWarned) {
      LOG.debug("The figures of this import were not published", e);
      return;
    }
    hasWarned = true;
    LOG.warn(
        "The figures of this import are not published to CloudWatch at the moment: {}. The import"
            + " goes on, and they are tried again every minute. It needs"
            + " cloudwatch:PutMetricData; see docs/iam.md.",
        e.getMessage());
  }
}
