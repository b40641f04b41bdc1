package io.dynaload.capacity;

import io.dynaload.sink.TaskThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A clock for several subtasks: it jumps to whatever happens next, in any of them. Each subtask has
 * a thread of its own, so that it can wait in the middle of its work, but only one ever runs: a run
 * is the same each time.
 */
public final class VirtualTime implements Alarm, AutoCloseable {
  /** What a subtask does from the start of its thread. */
  public interface Work {
    void run(TaskThread thread) throws InterruptedException;
  }

  private record Event(long at, long number, @Nullable Subtask subtask, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final List<Subtask> subtasks = new ArrayList<>();
  private final Semaphore turnOfClock = new Semaphore(0);
  private long now;
  private long number;
  private @Nullable Throwable failure;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void schedule(long nanos, Runnable action) {
    add(nanos, null, action);
  }

  private void add(long nanos, @Nullable Subtask subtask, Runnable action) {
    events.add(new Event(now + Math.max(0, nanos), number++, subtask, action));
  }

  /** Starts a subtask at this moment. */
  public void start(Work work) {
    Subtask subtask = new Subtask(work);
    subtasks.add(subtask);
    subtask.thread.start();
    await();
  }

  /** Runs all that happens up to a point in time. */
  public void runUntil(long nanos) {
    for (Event next = events.peek();
        next != null && next.at() <= nanos && failure == null;
        next = events.peek()) {
      events.remove();
      now = Math.max(now, next.at());
      if (next.subtask() == null) {
        next.action().run();
      } else {
        next.subtask().run(next.action());
      }
    }
    now = Math.max(now, nanos);
    if (failure != null) {
      throw new AssertionError("A subtask failed", failure);
    }
  }

  /** Whether all subtasks have done their work. */
  public boolean allEnded() {
    return subtasks.stream().allMatch(subtask -> subtask.ended);
  }

  private void await() {
    turnOfClock.acquireUninterruptibly();
  }

  /** Ends the subtasks that still wait. */
  @Override
  public void close() {
    for (Subtask subtask : subtasks) {
      subtask.thread.interrupt();
      try {
        subtask.thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Subtask implements TaskThread {
    private final Thread thread;
    private final Semaphore turn = new Semaphore(0);
    private Runnable next = () -> {};
    private boolean ended;

    Subtask(Work work) {
      thread =
          new Thread(
              () -> {
                try {
                  work.run(this);
                  ended = true;
                  idle();
                } catch (InterruptedException e) {
                  // The test is over.
                } catch (Throwable e) {
                  failure = e;
                } finally {
                  ended = true;
                  turnOfClock.release();
                }
              },
              "subtask");
      thread.setDaemon(true);
    }

    /** As a task that has finished its input but not been told to go. */
    private void idle() throws InterruptedException {
      while (true) {
        this.yield();
      }
    }

    private void run(Runnable action) {
      if (thread.isAlive()) {
        next = action;
        turn.release();
        await();
      }
    }

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void schedule(long nanos, Runnable action) {
      add(nanos, this, action);
    }

    @Override
    public void execute(Runnable action) {
      add(0, this, action);
    }

    @Override
    public void yield() throws InterruptedException {
      turnOfClock.release();
      turn.acquire();
      next.run();
    }
  }
}
