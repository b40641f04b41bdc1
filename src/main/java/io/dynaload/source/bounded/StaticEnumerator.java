package io.dynaload.source.bounded;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.metrics.MetricNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands out a fixed plan of splits, one to each reader that asks. The plan is made once, off the
 * coordinator's thread, and never again: a restored enumerator goes on with the splits that its
 * checkpoint holds, at whatever parallelism.
 *
 * <p>No reader is told that there are no more splits until every split is done, that is until none
 * is pending and all readers wait. So no subtask of the job ends while another still reads, no
 * checkpoint is taken with a part of the subtasks gone, and the counts of all of them are in the
 * last one. It also lets a waiting reader take over the splits of one that failed. While a
 * checkpoint is under way they wait too: without all of them it would never complete.
 *
 * <p>All methods run on the coordinator's thread; only the progress is read by others. A failure to
 * plan fails the job, with its ImportException if it has one.
 */
final class StaticEnumerator<SplitT extends SourceSplit>
    implements SplitEnumerator<SplitT, EnumeratorState<SplitT>> {
  private final SplitEnumeratorContext<SplitT> context;
  private final BoundedConnector<SplitT> connector;
  private final Deque<SplitT> pending = new ArrayDeque<>();

  /** Readers that hold no split, the lowest first. */
  private final TreeSet<Integer> waiting = new TreeSet<>();

  /** Those of the waiting that know that no split will come. */
  private final Set<Integer> released = new HashSet<>();

  /** Those that a snapshot was taken for and that have neither completed nor been aborted. */
  private final TreeSet<Long> checkpointsUnderWay = new TreeSet<>();

  private boolean planned;
  private int total;
  private volatile double progress;

  StaticEnumerator(SplitEnumeratorContext<SplitT> context, BoundedConnector<SplitT> connector) {
    this.context = context;
    this.connector = connector;
  }

  /**
   * @throws ImportException if the state is of a plan that another configuration made
   */
  StaticEnumerator(
      SplitEnumeratorContext<SplitT> context,
      BoundedConnector<SplitT> connector,
      EnumeratorState<SplitT> state) {
    this(context, connector);
    if (!state.fingerprint().equals(connector.fingerprint())) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The checkpoint was made while reading "
              + state.fingerprint()
              + ", but the file now says "
              + connector.fingerprint(),
          "Resume with the source as it was, or start a new run without --resume.");
    }
    planned = state.planned();
    total = state.total();
    pending.addAll(state.pending());
  }

  @Override
  public void start() {
    context.metricGroup().addGroup(MetricNames.GROUP).gauge(MetricNames.PROGRESS, () -> progress);
    if (planned) {
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
    pending.addAll(splits);
    serveWaiting();
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    waiting.add(subtask);
    serveWaiting();
  }

  /** Called when a reader has failed, whether or not it had splits to give back. */
  @Override
  public void addSplitsBack(List<SplitT> splits, int subtask) {
    forget(subtask);
    new ArrayDeque<>(splits).descendingIterator().forEachRemaining(pending::addFirst);
    serveWaiting();
  }

  @Override
  public void addReader(int subtask) {
    // A reader that has just registered asks once it has looked at the splits it was restored with.
    forget(subtask);
    updateProgress();
  }

  private void forget(int subtask) {
    waiting.remove(subtask);
    released.remove(subtask);
  }

  private void serveWaiting() {
    waiting.retainAll(context.registeredReaders().keySet());
    released.retainAll(waiting);
    for (Integer subtask : new ArrayList<>(waiting)) {
      if (released.contains(subtask)) {
        continue;
      }
      SplitT split = pending.poll();
      if (split == null) {
        break;
      }
      waiting.remove(subtask);
      context.assignSplit(split, subtask);
    }
    if (planned
        && pending.isEmpty()
        && waiting.size() == context.currentParallelism()
        && checkpointsUnderWay.isEmpty()) {
      waiting.stream().filter(released::add).forEach(context::signalNoMoreSplits);
    }
    updateProgress();
  }

  private void updateProgress() {
    if (!planned) {
      return;
    }
    int held = context.currentParallelism() - waiting.size();
    progress = total == 0 ? 1 : Math.max(0, total - pending.size() - held) / (double) total;
  }

  @Override
  public EnumeratorState<SplitT> snapshotState(long checkpointId) {
    checkpointsUnderWay.add(checkpointId);
    return new EnumeratorState<>(connector.fingerprint(), planned, total, new ArrayList<>(pending));
  }

  /** Completed or aborted, by this checkpoint or a later one. */
  private void ended(long checkpointId) {
    checkpointsUnderWay.headSet(checkpointId, true).clear();
    serveWaiting();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    ended(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) {
    ended(checkpointId);
  }

  @Override
  public void close() {}
}
