package io.dynaload.source.bounded;

import io.dynaload.capacity.CapacityWatch;
import io.dynaload.capacity.CoordinatorThreads;
import io.dynaload.capacity.Lease;
import io.dynaload.metrics.MetricNames;
import io.dynaload.source.bounded.LeasingConnector.SharedBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.IOUtils;

/**
 * Hands out the units of a job's budgets to its readers, and follows what limits them. It has no
 * state to keep: after a restart it begins with empty budgets, so that no burst follows.
 *
 * <p>All methods are for the coordinator's thread, which they never hold up.
 */
final class BudgetDesks implements AutoCloseable {
  private final SplitEnumeratorContext<?> context;
  private final CoordinatorThreads threads;
  private final JointDesks desks;

  /** What the probes hold open. */
  private final List<AutoCloseable> held = new ArrayList<>();

  BudgetDesks(SplitEnumeratorContext<?> context) {
    this.context = context;
    this.threads =
        new CoordinatorThreads(
            "read-capacity", Thread.currentThread().getContextClassLoader(), this::fail);
    this.desks = new JointDesks(threads);
  }

  private void fail(Throwable thrown) {
    context.runInCoordinatorThread(
        () -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw thrown instanceof RuntimeException unchecked
              ? unchecked
              : new IllegalStateException(thrown);
        });
  }

  void open(LeasingConnector<?> connector) {
    for (SharedBudget budget : connector.budgets(held::add)) {
      CapacityWatch.Listener desk = desks.open(budget.name());
      new CapacityWatch(budget.probe(), budget.refresh(), desk, threads).start();
    }
    MetricGroup group = context.metricGroup().addGroup(MetricNames.GROUP);
    group.gauge(MetricNames.READ_LIMIT, desks::limit);
    group.gauge(MetricNames.READ_UNITS_GRANTED, desks::granted);
  }

  void answer(int subtask, LeaseQuestion question) {
    CompletableFuture<Void> unused =
        desks
            .ask(question.budget(), question.request())
            .thenAccept(
                lease ->
                    context.runInCoordinatorThread(() -> send(subtask, question.number(), lease)));
  }

  private void send(int subtask, long number, Lease lease) {
    if (context.registeredReaders().containsKey(subtask)) {
      context.sendEventToSourceReader(subtask, LeaseAnswer.of(number, lease));
    }
  }

  /** The reader has failed, or begins anew. */
  void forget(int subtask) {
    desks.forget(subtask);
  }

  @Override
  public void close() {
    threads.close();
    IOUtils.closeAllQuietly(held);
  }
}
