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
 * has been read and not settled; the time left supposes that the rest goes as what was done since
 * the first sample.
 */
final class Progress {
  private static final int BAR = 16;

  private record Sample(long nanos, double done) {}

  private final Rates rates = new Rates();
  private @Nullable Sample first;

  /**
   * @param nanos of a monotonic clock
   * @param sourceDone part of the source, 0 to 1; NaN if it has no end
   */
  String line(long nanos, double sourceDone, Map<Count, Long> counts) {
    long settled = Ledger.ofInterruptedRun(counts).settled();
    // The readers' counts go with them when they end, a little before the writers.
    long read = Math.max(count(counts, Count.READ) + count(counts, Count.FANNED_OUT), settled);
    double done = read == 0 ? 0 : Math.max(0, Math.min(1, sourceDone)) * ((double) settled / read);
    Sample now = new Sample(nanos, done);
    if (first == null && settled > 0) {
      first = now;
    }
    String shown = rates.text(nanos, settled, count(counts, Count.WRITE_UNITS));
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
