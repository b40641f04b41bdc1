package io.dynaload.source.bounded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Hands out splits, one to each reader that asks, in the order in which they came.
 *
 * <p>No reader is told that there are no more splits until every split is done, that is until none
 * is pending and all readers wait. So no subtask of the job ends while another still reads, no
 * checkpoint is taken with a part of the subtasks gone, and the counts of all of them are in the
 * last one. It also lets a waiting reader take over the splits of one that failed. While a
 * checkpoint is under way they wait too: without all of them it would never complete.
 *
 * <p>All methods are for the coordinator's thread.
 */
public final class SplitDesk<SplitT extends SourceSplit> {
  private final SplitEnumeratorContext<SplitT> context;
  private final Deque<SplitT> pending;

  /** Readers that hold no split, the lowest first. */
  private final TreeSet<Integer> waiting = new TreeSet<>();

  /** Those of the waiting that know that no split will come. */
  private final Set<Integer> released = new HashSet<>();

  /** Those that a snapshot was taken for and that have neither completed nor been aborted. */
  private final TreeSet<Long> checkpointsUnderWay = new TreeSet<>();

  private boolean complete;

  /**
   * @param pending to begin with
   */
  public SplitDesk(SplitEnumeratorContext<SplitT> context, Collection<SplitT> pending) {
    this.context = context;
    this.pending = new ArrayDeque<>(pending);
  }

  public void add(Collection<SplitT> splits) {
    pending.addAll(splits);
    serve();
  }

  /** Says that no further split will be added: readers are let go once all are done. */
  public void complete() {
    complete = true;
    serve();
  }

  /** A reader holds no split. */
  public void request(int subtask) {
    waiting.add(subtask);
    serve();
  }

  /** A reader has failed, whether or not it had splits to give back. */
  public void addBack(List<SplitT> splits, int subtask) {
    forget(subtask);
    new ArrayDeque<>(splits).descendingIterator().forEachRemaining(pending::addFirst);
    serve();
  }

  /** A reader has registered; it asks once it has looked at the splits it was restored with. */
  public void register(int subtask) {
    forget(subtask);
  }

  private void forget(int subtask) {
    waiting.remove(subtask);
    released.remove(subtask);
  }

  private void serve() {
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
    if (complete && isIdle() && checkpointsUnderWay.isEmpty()) {
      waiting.stream().filter(released::add).forEach(context::signalNoMoreSplits);
    }
  }

  /** Whether every split that was added is done. */
  public boolean isIdle() {
    return notDone() == 0;
  }

  /**
   * Splits that are pending or held by a reader; a reader that has not asked yet counts as if it
   * held one.
   */
  public int notDone() {
    return pending.size() + context.currentParallelism() - waiting.size();
  }

  /** Those that no reader has been given. */
  public List<SplitT> pending() {
    return List.copyOf(pending);
  }

  /** A snapshot is taken for this checkpoint. */
  public void checkpointBegins(long checkpointId) {
    checkpointsUnderWay.add(checkpointId);
  }

  /** Completed or aborted, by this checkpoint or a later one. */
  public void checkpointEnded(long checkpointId) {
    checkpointsUnderWay.headSet(checkpointId, true).clear();
    serve();
  }
}
