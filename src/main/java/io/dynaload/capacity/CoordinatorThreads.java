package io.dynaload.capacity;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads of a coordinator of capacity: one that keeps time, and one that may wait for others,
 * so that it never holds up the first. What an action throws fails the job, until they are closed.
 * Thread-safe.
 */
public final class CoordinatorThreads implements Alarm, AutoCloseable {
  private final ClassLoader classes;
  private final Consumer<Throwable> failJob;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService waiter;

  /**
   * @param name of the capacity, which the threads' names begin with
   * @param classes of the job
   */
  public CoordinatorThreads(String name, ClassLoader classes, Consumer<Throwable> failJob) {
    this.classes = classes;
    this.failJob = failJob;
    this.timer = Executors.newSingleThreadScheduledExecutor(named(name + "-rounds"));
    this.waiter = Executors.newSingleThreadScheduledExecutor(named(name + "-watch"));
  }

  private ThreadFactory named(String name) {
    return action -> {
      Thread thread = new Thread(action, name);
      thread.setDaemon(true);
      thread.setContextClassLoader(classes);
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

  /** The same clock, for actions that may wait for a service or a file: one after the other. */
  Alarm waiting() {
    return new Alarm() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void schedule(long nanos, Runnable action) {
        CoordinatorThreads.this.schedule(waiter, nanos, action);
      }
    };
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
      if (!timer.isShutdown()) {
        failJob.accept(e);
      }
    }
  }

  /** Interrupts what runs; nothing more will. */
  @Override
  public void close() {
    timer.shutdownNow();
    waiter.shutdownNow();
  }
}
