package io.dynaload.metrics;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long the rest takes if it goes as what was done since the first sample. Owns no clock.
 */
public final class TimeLeft {
  /** What less than this part tells is worth nothing. */
  private static final double LEAST = 0.01;

  private record Sample(long nanos, double done) {}

  private @Nullable Sample first;

  /**
   * Takes a sample, and tells what is left as it says.
   *
   * @param nanos of a monotonic clock
   * @param done the part that is done, 0 to 1
   * @param hasBegun whether anything was done; the first sample that says so is the first one
   * @return empty until enough was done since the first one
   */
  public Optional<Duration> sample(long nanos, double done, boolean hasBegun) {
    if (first == null && hasBegun) {
      first = new Sample(nanos, done);
    }
    if (first == null || nanos == first.nanos() || !(done - first.done() >= LEAST)) {
      return Optional.empty();
    }
    double perNano = (done - first.done()) / (nanos - first.nanos());
    return Optional.of(Duration.ofNanos((long) ((1 - done) / perNano)));
  }
}
