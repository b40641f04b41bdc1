package io.dynaload.source.bounded;

import io.dynaload.error.ImportException;
import io.dynaload.metrics.JobFigures;
import io.dynaload.metrics.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Hands out a fixed plan of splits, as {@link SplitDesk} does. The plan is made once, off the
 * coordinator's thread, and never again: a restored enumerator goes on with the splits that its
 * checkpoint holds, at whatever parallelism.
 *
 * <p>All methods run on the coordinator's thread; only the progress is read by others. A failure to
 * plan fails the job, with its ImportException if it has one.
 */
final class StaticEnumerator<SplitT extends SourceSplit>
    implements SplitEnumerator<SplitT, EnumeratorState<SplitT>> {
  private final SplitEnumeratorContext<SplitT> context;
  private final BoundedConnector<SplitT> connector;
  private final String fingerprint;
  private final SplitDesk<SplitT> desk;
  private @Nullable BudgetDesks budgets;
  private @Nullable JobFigures figures;
  private boolean planned;
  private int total;
  private volatile double progress;

  StaticEnumerator(SplitEnumeratorContext<SplitT> context, BoundedConnector<SplitT> connector) {
    this.context = context;
    this.connector = connector;
    this.fingerprint = connector.fingerprint();
    this.desk = new SplitDesk<>(context, List.of());
  }

  /**
   * @throws ImportException if the state is of a plan that another configuration made
   */
  StaticEnumerator(
      SplitEnumeratorContext<SplitT> context,
      BoundedConnector<SplitT> connector,
      EnumeratorState<SplitT> state) {
    this.context = context;
    this.connector = connector;
    this.fingerprint = connector.fingerprint();
    Fingerprints.check(state.fingerprint(), fingerprint);
    this.desk = new SplitDesk<>(context, state.pending());
    this.planned = state.planned();
    this.total = state.total();
  }

  @Override
  public void start() {
    MetricGroup metrics = context.metricGroup().addGroup(MetricNames.GROUP);
    metrics.gauge(MetricNames.PROGRESS, () -> progress);
    metrics.gauge(MetricNames.ESTIMATED_ITEMS, connector::estimatedItems);
    figures =
        JobFigures.publish(
            metrics,
            Map.of(
                MetricNames.PROGRESS,
                () -> progress,
                MetricNames.ESTIMATED_ITEMS,
                connector::estimatedItems));
    if (connector instanceof LeasingConnector<SplitT> leasing) {
      budgets = new BudgetDesks(context);
      budgets.open(leasing);
    }
    if (planned) {
      desk.complete();
      updateProgress();
      return;
    }
    int parallelism = context.currentParallelism();
    context.callAsync(() -> connector.plan(parallelism), this::takePlan);
  }

  private void takePlan(@Nullable List<SplitT> splits, @Nullable Throwable failure) {
    if (splits == null) {
      if (failure instanceof ImportException classified) {
        throw classified;
      }
      throw new CompletionException("The splits could not be planned", failure);
    }
    planned = true;
    total = splits.size();
    desk.add(splits);
    desk.complete();
    updateProgress();
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    desk.request(subtask);
    updateProgress();
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (budgets != null && event instanceof LeaseQuestion question) {
      budgets.answer(subtask, question);
    }
  }

  @Override
  public void addSplitsBack(List<SplitT> splits, int subtask) {
    forget(subtask);
    desk.addBack(splits, subtask);
    updateProgress();
  }

  @Override
  public void addReader(int subtask) {
    forget(subtask);
    desk.register(subtask);
    updateProgress();
  }

  private void forget(int subtask) {
    if (budgets != null) {
      budgets.forget(subtask);
    }
  }

  private void updateProgress() {
    if (!planned) {
      return;
    }
    progress = total == 0 ? 1 : Math.max(0, total - desk.notDone()) / (double) total;
  }

  @Override
  public EnumeratorState<SplitT> snapshotState(long checkpointId) {
    desk.checkpointBegins(checkpointId);
    return new EnumeratorState<>(fingerprint, planned, total, desk.pending());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    desk.checkpointEnded(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) {
    desk.checkpointEnded(checkpointId);
  }

  @Override
  public void close() {
    if (figures != null) {
      figures.close();
    }
    if (budgets != null) {
      budgets.close();
    }
  }
}
