package io.dynaload.source.bounded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;

/**
 * Flink's side of an enumerator, on one thread: what is called asynchronously runs at {@link
 * #runAsync}, what is called periodically at each of them. Like Flink's own, it refuses to send
 * anything to a reader that is not registered.
 */
public final class FakeEnumeratorContext<SplitT extends SourceSplit>
    implements SplitEnumeratorContext<SplitT> {
  private final int parallelism;
  private final Map<Integer, ReaderInfo> readers = new TreeMap<>();
  private final List<Runnable> calls = new ArrayList<>();
  private final List<Runnable> periodicCalls = new ArrayList<>();
  private final Map<String, Gauge<?>> metrics = new HashMap<>();

  public final Map<Integer, List<SplitT>> assigned = new TreeMap<>();
  public final TreeSet<Integer> released = new TreeSet<>();

  public FakeEnumeratorContext(int parallelism) {
    this.parallelism = parallelism;
  }

  public void register(int subtask) {
    readers.put(subtask, new ReaderInfo(subtask, "host"));
  }

  public void unregister(int subtask) {
    readers.remove(subtask);
    released.remove(subtask);
  }

  public void runAsync() {
    List<Runnable> due = List.copyOf(calls);
    calls.clear();
    due.forEach(Runnable::run);
    periodicCalls.forEach(Runnable::run);
  }

  public Object gauge(String name) {
    return Objects.requireNonNull(metrics.get(name)).getValue();
  }

  private void checkRegistered(int subtask) {
    if (!readers.containsKey(subtask)) {
      throw new IllegalArgumentException("Reader " + subtask + " is not registered");
    }
  }

  @Override
  public void assignSplits(SplitsAssignment<SplitT> assignment) {
    assignment
        .assignment()
        .forEach(
            (subtask, splits) -> {
              checkRegistered(subtask);
              assigned.computeIfAbsent(subtask, s -> new ArrayList<>()).addAll(splits);
            });
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    checkRegistered(subtask);
    if (!released.add(subtask)) {
      throw new IllegalStateException("Reader " + subtask + " is told twice");
    }
  }

  @Override
  public <T> void callAsync(
      Callable<T> call, BiConsumer<@Nullable T, @Nullable Throwable> handler) {
    calls.add(() -> run(call, handler));
  }

  private static <T> void run(
      Callable<T> call, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> handler) {
    T result;
    try {
      result = call.call();
    } catch (Exception e) {
      handler.accept(null, e);
      return;
    }
    handler.accept(result, null);
  }

  @Override
  public <T> void callAsync(
      Callable<T> call, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
    periodicCalls.add(() -> run(call, handler));
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return new RecordingGroup();
  }

  @Override
  public int currentParallelism() {
    return parallelism;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return readers;
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    runnable.run();
  }

  @Override
  public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
    throw new UnsupportedOperationException();
  }

  private final class RecordingGroup extends UnregisteredMetricsGroup
      implements SplitEnumeratorMetricGroup {
    @Override
    public MetricGroup addGroup(String name) {
      return new UnregisteredMetricsGroup() {
        @Override
        public <T, G extends Gauge<T>> G gauge(String metric, G gauge) {
          metrics.put(name + "." + metric, gauge);
          return gauge;
        }
      };
    }

    @Override
    public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G gauge) {
      return gauge;
    }
  }
}
