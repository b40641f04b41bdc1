package io.dynaload.capacity;

/**
 * One thread that runs actions one at a time, and its clock: Flink's task thread, one of its own,
 * or that of a test.
 */
public interface ActionThread {
  /** Nanoseconds from an arbitrary point; only differences mean something. */
  long nanoTime();

  /** Runs the action in this thread after at least so many nanoseconds. Called by this thread. */
  void schedule(long nanos, Runnable action);

  /** Runs the action in this thread soon, or never if the task has ended. Called by any thread. */
  void execute(Runnable action);
}
