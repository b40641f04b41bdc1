package io.dynaload.sink;

import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The task thread of an operator. Actions are mails of the operator's own priority, so its yield
 * takes them and leaves a checkpoint's to the time after the item at hand. What an action throws
 * fails the task.
 */
final class OperatorThread implements TaskThread {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final MailboxExecutor mailbox;
  private final ProcessingTimeService timers;

  OperatorThread(MailboxExecutor mailbox, ProcessingTimeService timers) {
    this.mailbox = mailbox;
    this.timers = timers;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void schedule(long nanos, Runnable action) {
    long millis = nanos / NANOS_PER_MILLI;
    timers.registerTimer(timers.getCurrentProcessingTime() + millis, at -> action.run());
  }

  @Override
  public void execute(Runnable action) {
    try {
      mailbox.execute(action::run, "answer of DynamoDB");
    } catch (RejectedExecutionException e) {
      // The task has ended; whoever restores it sends again.
    }
  }

  @Override
  public void yield() throws InterruptedException {
    mailbox.yield();
  }
}
