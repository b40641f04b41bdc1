package io.dynaload.capacity;

/** A clock that can be asked to call back. Thread-safe. */
public interface Alarm {
  /** Nanoseconds from an arbitrary point; only differences mean something. */
  long nanoTime();

  /** Runs the action once, after at least so many nanoseconds, in any thread. */
  void schedule(long nanos, Runnable action);
}
