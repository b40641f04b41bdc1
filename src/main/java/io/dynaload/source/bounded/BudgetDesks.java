package io.dynaload.source.bounded;

import io.dynaload.capacity.CapacityLimit;
import io.dynaload.capacity.CapacityWatch;
import io.dynaload.capacity.CoordinatorThreads;
import io.dynaload.capacity.Lease;
import io.dynaload.capacity.LeaseDesk;
import io.dynaload.metrics.MetricNames;
import io.dynaload.source.bounded.LeasingConnector.SharedBudget;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * Hands out the units of a job's budgets to its readers, and follows what limits them. It has no
 * state to keep: after a restart it begins with empty budgets, so that no burst follows.
 *
 * <p>All methods are for the coordinator's thread, which they never hold up.
 */
final class BudgetDesks implements AutoCloseable {
  private final SplitEnumeratorContext<?> context;
  private final CoordinatorThreads threads;
  private final Map<String, LeaseDesk> desks = new ConcurrentHashMap<>();

  BudgetDesks(SplitEnumeratorContext<?> context) {
    this.context = context;
    this.threads =
        new CoordinatorThreads(
            "read-capacity", Thread.currentThread().getContextClassLoader(), this::fail);
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

  void open(List<SharedBudget> budgets) {
    for (SharedBudget budget : budgets) {
      LeaseDesk desk = new LeaseDesk(new CapacityLimit(), threads);
      desks.put(budget.name(), desk);
      new CapacityWatch(budget.probe(), budget.refresh(), desk::observe, threads).start();
    }
    MetricGroup group = context.metricGroup().addGroup(MetricNames.GROUP);
    group.gauge(
        MetricNames.READ_LIMIT, () -> desks.values().stream().mapToDouble(LeaseDesk::limit).sum());
    group.gauge(
        MetricNames.READ_UNITS_GRANTED,
        () -> desks.values().stream().mapToDouble(LeaseDesk::granted).sum());
  }

  void answer(int subtask, LeaseQuestion question) {
    LeaseDesk desk = desks.get(question.budget());
    if (desk == null) {
      throw new IllegalArgumentException("No budget has the name " + question.budget());
    }
    desk.ask(question.request())
        .thenAccept(
            lease -> context.runInCoordinatorThread(() -> send(subtask, question.number(), lease)));
  }

  private void send(int subtask, long number, Lease lease) {
    if (context.registeredReaders().containsKey(subtask)) {
      context.sendEventToSourceReader(subtask, LeaseAnswer.of(number, lease));
    }
  }

  /** The reader has failed, or begins anew. */
  void forget(int subtask) {
    desks.values().forEach(desk -> desk.forget(subtask));
  }

  @Override
  public void close() {
    threads.close();
  }
}
