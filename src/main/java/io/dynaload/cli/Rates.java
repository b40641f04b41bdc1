package io.dynaload.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** How much is done, and how fast of late: over the last ten seconds. Owns no clock. */
final class Rates {
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private record Sample(long nanos, long settled, long units) {}

  private final Deque<Sample> window = new ArrayDeque<>();

  /**
   * @param nanos of a monotonic clock
   * @param settled items up to now
   * @param of that many, in words that begin with a blank; or empty
   * @param units write units up to now
   */
  String text(long nanos, long settled, String of, long units) {
    Sample now = new Sample(nanos, settled, units);
    window.addLast(now);
    while (window.size() > 2 && nanos - window.getFirst().nanos() > WINDOW_NANOS) {
      window.removeFirst();
    }
    Sample from = window.getFirst();
    double seconds = Math.max(1, now.nanos() - from.nanos()) / 1e9;
    return String.format(
        Locale.ROOT,
        "%,d%s rows  %,d items/s  %,d WCU/s",
        settled,
        of,
        rate(settled - from.settled(), seconds),
        rate(units - from.units(), seconds));
  }

  /** A restart sets the counts back to the checkpoint: no negative rate. */
  private static long rate(long amount, double seconds) {
    return Math.max(0, Math.round(amount / seconds));
  }
}
