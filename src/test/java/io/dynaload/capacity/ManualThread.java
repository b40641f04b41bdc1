package io.dynaload.capacity;

import io.dynaload.sink.TaskThread;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A task thread whose clock stands still while there is something to do, and jumps to the next
 * action when there is not. Everything happens in the test's own thread.
 */
public final class ManualThread implements TaskThread {
  private record Timer(long at, long number, Runnable action) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
  private final Queue<Runnable> actions = new ArrayDeque<>();
  private long now;
  private long scheduled;
  private long lateness;

  /** Lets every timer fire this much too late. */
  public ManualThread late(long nanos) {
    lateness = nanos;
    return this;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void schedule(long nanos, Runnable action) {
    if (nanos < 0) {
      throw new IllegalArgumentException("A wait of " + nanos + " ns");
    }
    timers.add(new Timer(now + nanos + lateness, scheduled++, action));
  }

  @Override
  public void execute(Runnable action) {
    actions.add(action);
  }

  @Override
  public void yield() {
    Runnable action = actions.poll();
    if (action != null) {
      action.run();
      return;
    }
    Timer timer = timers.poll();
    if (timer == null) {
      throw new AssertionError("Waits for something that will never happen");
    }
    now = Math.max(now, timer.at());
    timer.action().run();
  }

  /** Runs all that is to happen up to a point in time. */
  public void runUntil(long nanos) {
    while (!actions.isEmpty() || (!timers.isEmpty() && timers.peek().at() <= nanos)) {
      this.yield();
    }
    now = Math.max(now, nanos);
  }
}
