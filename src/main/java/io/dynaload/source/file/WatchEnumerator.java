package io.dynaload.source.file;

import io.dynaload.error.ImportException;
import io.dynaload.metrics.JobFigures;
import io.dynaload.metrics.MetricNames;
import io.dynaload.source.bounded.Fingerprints;
import io.dynaload.source.bounded.SplitDesk;
import io.dynaload.source.file.FolderWatch.Look;
import io.dynaload.source.storage.FileSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Looks for new files at a fixed pace and hands them out, each once in the life of a job: which
 * files were found is part of every checkpoint. If it is told to, it ends once no file was found
 * and no reader was at work for a time; then readers are let go as {@link SplitDesk} says.
 *
 * <p>All methods run on the coordinator's thread, but for the looks, which are one at a time. A
 * failure to look fails the job.
 */
final class WatchEnumerator implements SplitEnumerator<FileSplit, WatchState> {
  private final SplitEnumeratorContext<FileSplit> context;
  private final FileConfig config;
  private final FolderWatch folder;
  private final LongSupplier nanoTime;
  private final SplitDesk<FileSplit> desk;

  /** Read by a look, and written only while there is none. */
  private final SeenFiles seen;

  private long nextId;

  /** Whether the outcome of the last look is not taken in yet, or there is to be none any more. */
  private volatile boolean resting;

  private long activeAt;
  private @Nullable JobFigures figures;

  WatchEnumerator(
      SplitEnumeratorContext<FileSplit> context,
      FileConfig config,
      @Nullable WatchState state,
      LongSupplier nanoTime) {
    this.context = context;
    this.config = config;
    this.nanoTime = nanoTime;
    if (state == null) {
      seen = new SeenFiles(List.of());
      desk = new SplitDesk<>(context, List.of());
    } else {
      Fingerprints.check(state.fingerprint(), config.fingerprint());
      seen = new SeenFiles(state.seen());
      nextId = state.nextId();
      desk = new SplitDesk<>(context, state.pending());
    }
    folder = new FolderWatch(config);
  }

  @Override
  public void start() {
    Duration every = config.watch().every();
    if (every == null) {
      throw new IllegalStateException("Nothing is to be watched");
    }
    // There is no whole that a part of could be done.
    MetricGroup metrics = context.metricGroup().addGroup(MetricNames.GROUP);
    metrics.gauge(MetricNames.PROGRESS, () -> Double.NaN);
    figures = JobFigures.publish(metrics, Map.of(MetricNames.PROGRESS, () -> Double.NaN));
    activeAt = nanoTime.getAsLong();
    int parallelism = context.currentParallelism();
    context.callAsync(() -> look(parallelism), this::take, 0, every.toMillis());
  }

  /** Nothing while the look before is still to be taken in. */
  private Optional<Look> look(int parallelism) throws IOException {
    if (resting) {
      return Optional.empty();
    }
    resting = true;
    return Optional.of(folder.look(seen, parallelism, nextId));
  }

  private void take(@Nullable Optional<Look> result, @Nullable Throwable failure) {
    if (result == null) {
      if (failure instanceof ImportException classified) {
        throw classified;
      }
      throw new CompletionException("New files could not be looked for", failure);
    }
    if (result.isEmpty()) {
      return;
    }
    Look look = result.get();
    seen.update(look.listed(), look.added());
    nextId += look.splits().size();
    if (!look.added().isEmpty() || !desk.isIdle()) {
      activeAt = nanoTime.getAsLong();
    }
    desk.add(look.splits());
    if (hasBeenIdle()) {
      desk.complete();
    } else {
      resting = false;
    }
  }

  private boolean hasBeenIdle() {
    Duration untilIdle = config.watch().untilIdle();
    return untilIdle != null && nanoTime.getAsLong() - activeAt >= untilIdle.toNanos();
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    desk.request(subtask);
  }

  @Override
  public void addSplitsBack(List<FileSplit> splits, int subtask) {
    desk.addBack(splits, subtask);
  }

  @Override
  public void addReader(int subtask) {
    desk.register(subtask);
  }

  @Override
  public WatchState snapshotState(long checkpointId) {
    desk.checkpointBegins(checkpointId);
    return new WatchState(config.fingerprint(), nextId, seen.marks(), desk.pending());
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
    resting = true;
    if (figures != null) {
      figures.close();
    }
    folder.close();
  }
}
