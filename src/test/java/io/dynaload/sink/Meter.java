package io.dynaload.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.faulty.ModelTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Watches, in real time, what is consumed of a table. Lives in the test's thread. */
final class Meter {
  private static final double SECOND = 1e9;
  private static final long PERIOD_MILLIS = 20;

  private record Sample(double seconds, double units) {}

  private final ModelTable table;
  private final long start = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();

  Meter(ModelTable table) {
    this.table = table;
  }

  double now() {
    return (System.nanoTime() - start) / SECOND;
  }

  /** Watches for so long. */
  void watch(double seconds) throws InterruptedException {
    double end = now() + seconds;
    watchUntil(() -> now() >= end, Duration.ofMillis((long) (seconds * 1000) + 5_000));
  }

  /** Watches until something is so. */
  void watchUntil(BooleanSupplier isSo, Duration atMost) throws InterruptedException {
    Object pause = new Object();
    double deadline = now() + atMost.toNanos() / SECOND;
    while (!isSo.getAsBoolean()) {
      assertThat(now()).as("waited for too long").isLessThan(deadline);
      double at = now();
      samples.add(new Sample(at, table.consumed()));
      synchronized (pause) {
        pause.wait(PERIOD_MILLIS);
      }
    }
  }

  /** Units a second between two moments. */
  double rate(double from, double to) {
    Sample first = at(from);
    Sample last = at(to);
    return (last.units() - first.units()) / (last.seconds() - first.seconds());
  }

  /**
   * Watches until so many units a second, both included, were consumed over the last three seconds.
   * A machine that others keep busy may take a while to show what it can do.
   */
  void awaitRate(double least, double most) throws InterruptedException {
    double begun = now();
    watchUntil(
        () -> {
          double now = now();
          return now - begun >= 3 && rate(now - 3, now) >= least && rate(now - 3, now) <= most;
        },
        Duration.ofSeconds(40));
  }

  /** The most that was consumed within a second from some moment on. */
  double mostInASecond(double from) {
    double most = 0;
    for (Sample sample : samples) {
      if (sample.seconds() >= from) {
        most = Math.max(most, at(sample.seconds() + 1).units() - sample.units());
      }
    }
    return most;
  }

  private Sample at(double seconds) {
    Sample found = samples.get(0);
    for (Sample sample : samples) {
      if (sample.seconds() <= seconds) {
        found = sample;
      }
    }
    return found;
  }
}
