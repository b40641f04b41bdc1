package io.dynaload.sink;

import io.dynaload.capacity.ActionThread;

/**
 * The one thread that a {@link BatchWriter} lives in, and its clock: Flink's task thread, or that
 * of a test. Actions run one at a time, in that thread, and only while it is idle or yields.
 */
public interface TaskThread extends ActionThread {
  /** Sleeps until there is an action, and runs it. Called by this thread. */
  void yield() throws InterruptedException;
}
