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
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;

/**
 * Flink's side of an enumerator, on one thread: what is called asynchronously runs at {@link
 * #runAsync}. Like Flink's own, it refuses to send anything to a reader that is not registered.
 */
final class FakeEnumeratorContext implements SplitEnumeratorContext<TextSplit> {
  private final int parallelism;
  private final Map<Integer, ReaderInfo> readers = new TreeMap<>();
  private final List<Runnable> calls = new ArrayList<>();
  private final Map<String, Gauge<?>> metrics = new HashMap<>();

  final Map<Integer, List<TextSplit>> assigned = new TreeMap<>();
  final TreeSet<Integer> released = new TreeSet<>();

  FakeEnumeratorContext(int parallelism) {
    this.parallelism = parallelism;
  }

  void register(int subtask) {
    readers.put(subtask, new ReaderInfo(subtask, "host"));
  }

  void unregister(int subtask) {
    readers.remove(subtask);
    released.remove(subtask);
  }

  void runAsync() {
    List<Runnable> due = List.copyOf(calls);
    calls.clear();
    due.forEach(Runnable::run);
  }

  Object gauge(String name) {
    return Objects.requireNonNull(metrics.get(name)).getValue();
  }

  private void checkRegistered(int subtask) {
    if (!readers.containsKey(subtask)) {
      throw new IllegalArgumentException("Reader " + subtask + " is not registered");
    }
  }

  @Override
  public void assignSplits(SplitsAssignment<TextSplit> assignment) {
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
    calls.add(
        () -> {
          T result;
          try {
            result = call.call();
          } catch (Exception e) {
            handler.accept(null, e);
            return;
          }
          handler.accept(result, null);
        });
  }

  @Override
  public <T> void callAsync(
      Callable<T> call, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
    throw new UnsupportedOperationException();
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
