package io.dynaload.pipeline;

import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;

/** A job that was submitted, wherever it runs. Thread-safe. */
interface Job {
  /** How it ended. */
  enum State {
    FINISHED,
    CANCELED,
    FAILED
  }

  /**
   * Its end.
   *
   * @param failure why it failed; null if it did not
   */
  record End(State state, RunCounts counts, @Nullable Throwable failure) {}

  /** What became of a last point to go on from. */
  enum Point {
    /** It stands. */
    TAKEN,
    /** None could be had; the one before it stands. */
    FAILED,
    /** None can be had any more: readers have finished, and the job is near its end. */
    TOO_LATE
  }

  JobID id();

  LiveMetrics live();

  /** Waits for the end, at most so long; whether it has come. */
  boolean await(Duration atMost) throws InterruptedException;

  /** Waits for the end. */
  End end() throws InterruptedException;

  /** Takes a last point that a later run can go on from. Waits for a minute at most. */
  Point takePoint() throws InterruptedException;

  /** Has it cancelled; nothing happens to one that is over. */
  void cancel();
}
