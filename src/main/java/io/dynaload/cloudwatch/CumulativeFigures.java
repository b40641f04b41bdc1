package io.dynaload.cloudwatch;

import io.dynaload.metrics.CloudWatchNames;
import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.RunReport;
import io.dynaload.metrics.RunState;
import io.dynaload.metrics.TimeLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * Makes what is published out of what an import has done at one moment and the next. Owns no clock
 * and no thread.
 *
 * <p>A restart sets the job's counts back to its checkpoint. What is published stays where it was
 * until they are beyond that again, so that no count and no percentage ever falls; and no item is
 * counted into a rate twice. Write units are: what is written once more is paid once more. The last
 * figures are the ledger's, even where it says less, as it may of the throttles and retries that a
 * process had counted when it was killed.
 */
final class CumulativeFigures {
  private final Map<Count, Long> highest = new EnumMap<>(Count.class);
  private final TimeLeft timeLeft = new TimeLeft();
  private final Rate items = new Rate();
  private final Rate units = new Rate();
  private Optional<Duration> left = Optional.empty();
  private double writeLimit = Double.NaN;
  private double percent = Double.NaN;
  private long settled;
  private long lastUnits;
  private boolean isWhole;
  private boolean wasEverWhole;

  /**
   * Takes what is so at a moment, of a job of which all subtasks were heard of.
   *
   * @param nanos of a monotonic clock
   */
  void sample(long nanos, RunFigures now) {
    writeLimit = now.writeLimit();
    if (!now.isWhole()) {
      isWhole = false;
      return;
    }
    long unitsNow = now.counts().getOrDefault(Count.WRITE_UNITS, 0L);
    if (!wasEverWhole) {
      // What was done before this moment, by an earlier run say, is not done in no time now.
      items.restart(nanos);
      units.restart(nanos);
      settled = now.settled();
    } else if (isWhole) {
      units.add(Math.max(0, unitsNow - lastUnits));
    }
    items.add(Math.max(0, now.settled() - settled));
    settled = Math.max(settled, now.settled());
    lastUnits = unitsNow;
    isWhole = true;
    wasEverWhole = true;
    now.counts().forEach((count, value) -> highest.merge(count, value, Math::max));
    double done = now.done();
    left = timeLeft.sample(nanos, done, now.settled() > 0);
    percent = Double.isNaN(percent) ? 100 * done : Math.max(percent, 100 * done);
  }

  /** What is to be published now; rates are of the time since this was asked before. */
  List<Figure> publish(long nanos) {
    return figures(nanos, highest);
  }

  /** What is to be published at the end of a step that others follow. */
  List<Figure> publishStep(long nanos, RunReport report) {
    end(nanos, report);
    return figures(nanos, report.ledger().counts());
  }

  /** What is to be published at last. */
  List<Figure> publishLast(long nanos, RunReport report, boolean hasFailed) {
    if (report.state() == RunState.FINISHED && !hasFailed && !Double.isNaN(percent)) {
      percent = 100;
      left = Optional.of(Duration.ZERO);
    }
    List<Figure> figures = new ArrayList<>(publishStep(nanos, report));
    figures.add(failed(hasFailed));
    return figures;
  }

  /** What is to be published at last of a run without a report. */
  List<Figure> publishFailure(long nanos) {
    List<Figure> figures = new ArrayList<>(publish(nanos));
    figures.add(failed(true));
    return figures;
  }

  private void end(long nanos, RunReport report) {
    Ledger ledger = report.ledger();
    if (!wasEverWhole) {
      items.restart(nanos);
      units.restart(nanos);
      return;
    }
    items.add(Math.max(0, ledger.settled() - settled));
    units.add(Math.max(0, ledger.get(Count.WRITE_UNITS) - lastUnits));
    settled = Math.max(settled, ledger.settled());
    lastUnits = ledger.get(Count.WRITE_UNITS);
  }

  private List<Figure> figures(long nanos, Map<Count, Long> counts) {
    List<Figure> figures = new ArrayList<>();
    counts.forEach(
        (count, value) ->
            figures.add(
                new Figure(
                    count.key(),
                    value,
                    count == Count.BYTES ? StandardUnit.BYTES : StandardUnit.COUNT)));
    // From the start, so that an alarm can tell a job without progress from none.
    figures.add(
        new Figure(CloudWatchNames.ITEMS_PER_SECOND, items.take(nanos), StandardUnit.COUNT_SECOND));
    double unitsPerSecond = units.take(nanos);
    if (wasEverWhole) {
      figures.add(
          new Figure(CloudWatchNames.UNITS_PER_SECOND, unitsPerSecond, StandardUnit.COUNT_SECOND));
    }
    if (writeLimit > 0 && Double.isFinite(writeLimit)) {
      figures.add(new Figure(CloudWatchNames.WRITE_LIMIT, writeLimit, StandardUnit.COUNT_SECOND));
    }
    if (!Double.isNaN(percent)) {
      figures.add(new Figure(CloudWatchNames.PERCENT, percent, StandardUnit.PERCENT));
    }
    left.ifPresent(
        time ->
            figures.add(
                new Figure(
                    CloudWatchNames.SECONDS_LEFT, time.toMillis() / 1000.0, StandardUnit.SECONDS)));
    return figures;
  }

  private static Figure failed(boolean hasFailed) {
    return new Figure(CloudWatchNames.FAILED, hasFailed ? 1 : 0, StandardUnit.NONE);
  }

  /** What was added, a second, since it was asked before. */
  private static final class Rate {
    private long amount;
    private long since;
    private boolean hasBegun;

    void restart(long nanos) {
      amount = 0;
      since = nanos;
      hasBegun = true;
    }

    void add(long more) {
      amount += more;
    }

    double take(long nanos) {
      double rate = hasBegun && nanos > since ? amount / ((nanos - since) / 1e9) : 0;
      amount = 0;
      since = nanos;
      hasBegun = true;
      return rate;
    }
  }
}
