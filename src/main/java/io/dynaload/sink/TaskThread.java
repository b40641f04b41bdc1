package io.dynaload.sink;

/**
 * The one thread that a {@link BatchWriter} lives in, and its clock: Flink's task thread, or that
 * of a test. Actions run one at a time, in that thread, and only while it is idle or yields.
 */
interface TaskThread {
  /** Nanoseconds from an arbitrary point; only differences mean something. */
  long nanoTime();

  /** Runs the action in this thread after at least so many nanoseconds. Called by this thread. */
  void schedule(long nanos, Runnable action);

  /** Runs the action in this thread soon, or never if the task has ended. Called by any thread. */
  void execute(Runnable action);

  /** Sleeps until there is an action, and runs it. Called by this thread. */
  void yield() throws InterruptedException;
}
