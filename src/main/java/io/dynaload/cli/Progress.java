package io.dynaload.cli;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.RunFigures;
import io.dynaload.metrics.TimeLeft;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the progress line out of what a run has done at one moment and the next. Owns no clock and
 * no terminal. Rates are of the last ten seconds. The part that is done is the source's, less what
 * has been read and not settled; where the number of its items is known, about, the part of them
 * that has been read counts if it is more. The time left supposes that the rest goes as what was
 * done since the first sample.
 */
final class Progress {
  private static final int BAR = 16;

  private final Rates rates = new Rates();
  private final TimeLeft timeLeft = new TimeLeft();

  /**
   * @param nanos of a monotonic clock
   * @param sourceDone part of the source, 0 to 1; NaN if it has no end
   * @param items of the source, about; 0 if nobody knows
   */
  String line(long nanos, double sourceDone, long items, Map<Count, Long> counts) {
    RunFigures figures = new RunFigures(counts, sourceDone, items, Double.NaN, true);
    long settled = figures.settled();
    double done = figures.done();
    Optional<Duration> left = timeLeft.sample(nanos, done, settled > 0);
    String of = items == 0 ? "" : String.format(Locale.ROOT, " of about %,d", items);
    String shown = rates.text(nanos, settled, of, counts.getOrDefault(Count.WRITE_UNITS, 0L));
    return Double.isNaN(done)
        ? "watching  " + shown
        : String.format(
            Locale.ROOT,
            "[%s] %d%%  %s  %s left",
            bar(done),
            (int) (done * 100),
            shown,
            left.map(Progress::clock).orElse("-:--:--"));
  }

  private static String bar(double done) {
    int full = (int) (done * BAR);
    return "#".repeat(full) + "-".repeat(BAR - full);
  }

  private static String clock(Duration left) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
  }
}
