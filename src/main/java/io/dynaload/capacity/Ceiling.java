package io.dynaload.capacity;

import java.util.concurrent.TimeUnit;

/**
 * Finds what a table takes, by additive increase and multiplicative decrease: each second in which
 * the limit was used up and nothing was refused raises it by a step, a second in which more than a
 * little was refused cuts it to what got through, less a margin. Steps are of one size for a while
 * after a cut, when the ceiling is near, and grow later, when it seems to have moved. Not
 * thread-safe.
 */
final class Ceiling {
  /** Of the limit after the last cut. */
  private static final double FIRST_STEP = 0.01;

  /** Of the limit. */
  private static final double LARGEST_STEP = 0.05;

  private static final int EQUAL_STEPS = 15;
  private static final double STEP_GROWTH = 1.2;

  /** Refused units, of those that were tried, that are put down to chance. */
  private static final double TOLERATED = 0.002;

  private static final double DEEPEST_CUT = 0.3;
  private static final double LEAST_CUT = 0.92;

  /** Of what got through; the rest lets the table recover. */
  private static final double AFTER_CUT = 0.95;

  /** Used up, though the pool holds a little back and the windows are not exact. */
  private static final double USED_UP = 0.9;

  private static final double LEAST_UNITS = 25;
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private double limit;
  private double step;
  private int stepsSinceCut;
  private double granted;
  private double throttled;
  private long windowFrom;
  private boolean started;

  /** The window in which the refusals still are those of the limit before the cut. */
  private boolean settling;

  Ceiling(double start) {
    limit = start;
    step = start * FIRST_STEP;
  }

  double unitsASecond() {
    return limit;
  }

  /** Units were leased, or, below 0, came back. */
  void granted(double units) {
    granted += units;
  }

  /** The service refused units. */
  void throttled(double units) {
    throttled += units;
  }

  void advance(long now) {
    if (!started) {
      started = true;
      windowFrom = now;
    }
    long passed = now - windowFrom;
    if (passed >= WINDOW_NANOS) {
      judge((double) passed / WINDOW_NANOS);
      windowFrom = now;
      granted = 0;
      throttled = 0;
    }
  }

  private void judge(double seconds) {
    double tried = granted + throttled;
    boolean refused = throttled > TOLERATED * tried;
    if (refused && !settling) {
      double through = granted / tried;
      limit *= Math.max(DEEPEST_CUT, Math.min(LEAST_CUT, through * AFTER_CUT));
      limit = Math.max(LEAST_UNITS, limit);
      step = limit * FIRST_STEP;
      stepsSinceCut = 0;
      settling = true;
      return;
    }
    settling = false;
    if (!refused && granted >= USED_UP * limit * seconds) {
      if (++stepsSinceCut > EQUAL_STEPS) {
        step = Math.min(step * STEP_GROWTH, limit * LARGEST_STEP);
      }
      limit += step;
    }
  }
}
