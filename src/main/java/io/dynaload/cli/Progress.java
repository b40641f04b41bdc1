package io.dynaload.cli;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.Ledger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int BAR = 16;

  private record Sample(long nanos, double done, long settled, long units) {}

  private final Deque<Sample> window = new ArrayDeque<>();
  private @Nullable Sample first;

  /**
   * @param nanos of a monotonic clock
   * @param sourceDone part of the source, 0 to 1
   */
  String line(long nanos, double sourceDone, Map<Count, Long> counts) {
    long settled = Ledger.ofInterruptedRun(counts).settled();
    // The readers' counts go with them when they end, a little before the writers.
    long read = Math.max(count(counts, Count.READ) + count(counts, Count.FANNED_OUT), settled);
    double done = read == 0 ? 0 : Math.max(0, Math.min(1, sourceDone)) * ((double) settled / read);
    Sample now = new Sample(nanos, done, settled, count(counts, Count.WRITE_UNITS));
    if (first == null && settled > 0) {
      first = now;
    }
    window.addLast(now);
    while (window.size() > 2 && nanos - window.getFirst().nanos() > WINDOW_NANOS) {
      window.removeFirst();
    }
    Sample from = window.getFirst();
    double seconds = Math.max(1, now.nanos() - from.nanos()) / 1e9;
    return String.format(
        Locale.ROOT,
        "[%s] %d%%  %,d rows  %,d items/s  %,d WCU/s  %s",
        bar(now.done()),
        (int) (now.done() * 100),
        now.settled(),
        rate(now.settled() - from.settled(), seconds),
        rate(now.units() - from.units(), seconds),
        left(now));
  }

  /** A restart sets the counts back to the checkpoint: no negative rate. */
  private static long rate(long amount, double seconds) {
    return Math.max(0, Math.round(amount / seconds));
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
