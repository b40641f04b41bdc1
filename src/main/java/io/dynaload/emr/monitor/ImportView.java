package io.dynaload.emr.monitor;

import io.dynaload.metrics.CloudWatchNames;
import io.dynaload.metrics.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of an import, as it published itself and as YARN and Flink have it.
 *
 * @param run empty if it has published nothing
 * @param figures the newest of each, by {@link CloudWatchNames}
 * @param application null if YARN was not reached or does not know it
 */
record ImportView(
    String name, String run, Map<String, Point> figures, @Nullable ApplicationView application) {
  /** Figures come every minute and are shown by CloudWatch a minute or two later. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final double ALL = 100;

  /** What is known of its end. */
  enum State {
    STARTING,
    RUNNING,
    FINISHED,
    /** It was told to stop before it was done. */
    STOPPED,
    FAILED,
    /** It says nothing any more, and has not said how it ended. */
    SILENT;

    boolean hasEnded() {
      return this == FINISHED || this == STOPPED || this == FAILED;
    }
  }

  State state(Instant now) {
    if (saysStopped() && (application == null || !application.finalStatus().equals("FAILED"))) {
      return State.STOPPED;
    }
    if (application != null && application.hasEnded()) {
      return application.hasSucceeded() && !saysFailed() ? State.FINISHED : State.FAILED;
    }
    if (saysFailed()) {
      return State.FAILED;
    }
    if (figures.containsKey(CloudWatchNames.FAILED)) {
      return State.FINISHED;
    }
    if (application != null) {
      return application.state().equals("RUNNING") ? State.RUNNING : State.STARTING;
    }
    return asOf()
        .map(at -> at.plus(SILENCE).isBefore(now) ? State.SILENT : State.RUNNING)
        .orElse(State.STARTING);
  }

  private boolean saysFailed() {
    Point failed = figures.get(CloudWatchNames.FAILED);
    return failed != null && failed.value() >= 1;
  }

  /** Its last figures are of a run that has not failed, and not done everything either. */
  private boolean saysStopped() {
    Point failed = figures.get(CloudWatchNames.FAILED);
    Point percent = figures.get(CloudWatchNames.PERCENT);
    return failed != null
        && failed.value() < 1
        && percent != null
        && percent.value() < ALL
        && !percent.at().isBefore(failed.at());
  }

  /** The beginning of the minute that its newest figures are of. */
  Optional<Instant> asOf() {
    return figures.values().stream().map(Point::at).max(Instant::compareTo);
  }

  Optional<Double> figure(String name) {
    return Optional.ofNullable(figures.get(name)).map(Point::value);
  }

  /** A count: the published one, or Flink's if that is further on. */
  Optional<Long> count(Count count) {
    Optional<Long> published = figure(count.key()).map(Double::longValue);
    Long live = application == null ? null : application.counts().get(count);
    return live == null || published.orElse(-1L) >= live ? published : Optional.of(live);
  }

  ImportView with(@Nullable ApplicationView known) {
    return new ImportView(name, run, figures, known);
  }
}
