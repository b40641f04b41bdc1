package io.dynaload.cli;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the progress line out of what a run has done at one moment and the next. Owns no clock and
 * no terminal. Rates are of the last ten seconds. The part that is done is the source's, less what
 * has been read and not settled; where the number of its items is known, about, the part of them
 * that has been read counts if it is more. The time left supposes that the rest goes as what was
 * done since the first sample.
 */
final class Progress {
  private static final int BAR = 16;

  /** An estimate is never all of it. */
  private static final double MOST_BY_ESTIMATE = 0.99;

  private record Sample(long nanos, double done) {}

  private final Rates rates = new Rates();
  private @Nullable Sample first;

  /**
   * @param nanos of a monotonic clock
   * @param sourceDone part of the source, 0 to 1; NaN if it has no end
   * @param items of the source, about; 0 if nobody knows
   */
  String line(long nanos, double sourceDone, long items, Map<Count, Long> counts) {
    long settled = Ledger.ofInterruptedRun(counts).settled();
    // The readers' counts go with them when they end, a little before the writers.
    long read = Math.max(count(counts, Count.READ) + count(counts, Count.FANNED_OUT), settled);
    double part = Math.max(Math.max(0, Math.min(1, sourceDone)), partOf(items, counts));
    double done = read == 0 ? 0 : part * ((double) settled / read);
    Sample now = new Sample(nanos, done);
    if (first == null && settled > 0) {
      first = now;
    }
    String of = items == 0 ? "" : String.format(Locale.ROOT, " of about %,d", items);
    String shown = rates.text(nanos, settled, of, count(counts, Count.WRITE_UNITS));
    return Double.isNaN(sourceDone)
        ? "watching  " + shown
        : String.format(
            Locale.ROOT,
            "[%s] %d%%  %s  %s",
            bar(now.done()),
            (int) (now.done() * 100),
            shown,
            left(now));
  }

  private static double partOf(long items, Map<Count, Long> counts) {
    return items == 0 ? 0 : Math.min(MOST_BY_ESTIMATE, (double) count(counts, Count.READ) / items);
  }

  private static long count(Map<Count, Long> counts, Count count) {
    return counts.getOrDefault(count, 0L);
  }

  private static String bar(double done) {
    int full = (int) (done * BAR);
    return "#".repeat(full) + "-".repeat(BAR - full);
  }

  private String left(Sample now) {
    if (first == null || now.done() - first.done() < 0.01) {
      return "-:--:-- left";
    }
    double perNano = (now.done() - first.done()) / (now.nanos() - first.nanos());
    Duration left = Duration.ofNanos((long) ((1 - now.done()) / perNano));
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d left",
        left.toHours(),
        left.toMinutesPart(),
        left.toSecondsPart());
  }
}
