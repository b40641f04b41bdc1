package io.dynaload.source.scan;

import io.dynaload.capacity.ActionThread;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread of a reader's own. What an action throws is passed on. */
final class ScanThread implements ActionThread, AutoCloseable {
  private final Consumer<RuntimeException> failures;
  private final ScheduledThreadPoolExecutor executor;

  ScanThread(Consumer<RuntimeException> failures) {
    this.failures = failures;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            actions -> {
              Thread thread = new Thread(actions, "dynaload-scan");
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void schedule(long nanos, Runnable action) {
    try {
      Future<?> unused = executor.schedule(() -> guarded(action), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed.
    }
  }

  @Override
  public void execute(Runnable action) {
    schedule(0, action);
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      failures.accept(e);
    } catch (Error e) {
      failures.accept(new IllegalStateException(e));
    }
  }

  /** Does what was begun; nothing else follows. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
