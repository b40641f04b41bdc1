package io.dynaload.sink;

import io.dynaload.sink.capacity.Alarm;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.Context;

/**
 * The threads of a {@link CapacityCoordinator}: one that keeps time, and one that may wait for
 * others, so that it never holds up the first. What an action throws fails the job. Thread-safe.
 */
final class CoordinatorThreads implements Alarm, AutoCloseable {
  private final Context context;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService waiter;

  CoordinatorThreads(Context context) {
    this.context = context;
    this.timer = Executors.newSingleThreadScheduledExecutor(named("write-capacity-rounds"));
    this.waiter = Executors.newSingleThreadScheduledExecutor(named("write-capacity-watch"));
  }

  private ThreadFactory named(String name) {
    return action -> {
      Thread thread = new Thread(action, name);
      thread.setDaemon(true);
      thread.setContextClassLoader(context.getUserCodeClassloader());
      return thread;
    };
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void schedule(long nanos, Runnable action) {
    schedule(timer, nanos, action);
  }

  /** Runs an action that may wait for a service or a file. */
  void scheduleWaiting(long nanos, Runnable action) {
    schedule(waiter, nanos, action);
  }

  private void schedule(ScheduledExecutorService executor, long nanos, Runnable action) {
    try {
      executor.schedule(() -> guarded(action), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: the job has ended.
    }
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      context.failJob(e);
    }
  }

  /** Interrupts what runs; nothing more will. */
  @Override
  public void close() {
    timer.shutdownNow();
    waiter.shutdownNow();
  }
}
