package io.dynaload.source.bounded;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Reads the splits of one subtask, one at a time, in the order in which they came.
 *
 * <p>Pages are loaded by the thread of a {@link PageLoader}, which outlives this. So a call to
 * {@link #wakeUp} ends a fetch at once, however long the server takes, and no work is lost: the
 * next fetch waits for the same page. When this is closed in the middle of a page, that thread is
 * interrupted. While the items of one page are made here, it loads the one after, and no more.
 *
 * <p>{@link #wakeUp} may be called by any thread, all else by the fetcher's thread only.
 */
final class PagedSplitReader<SplitT extends SourceSplit>
    implements SplitReader<PageCursor<SplitT>, SplitT> {
  private final PageLoader<SplitT> loader;
  private final Deque<SplitT> waiting = new ArrayDeque<>();
  private final Object lock = new Object();
  private boolean woken;

  private @Nullable SplitT current;
  private boolean opened;
  private @Nullable Future<Optional<Page<SplitT>>> loading;

  PagedSplitReader(PageLoader<SplitT> loader) {
    this.loader = loader;
  }

  @Override
  public RecordsWithSplitIds<PageCursor<SplitT>> fetch() throws IOException {
    SplitT split = current == null ? waiting.poll() : current;
    if (split == null) {
      return PageRecords.nothing();
    }
    current = split;
    Future<Optional<Page<SplitT>>> page = loading == null ? load(split) : loading;
    loading = page;
    if (!awaitDoneOrWoken(page)) {
      return PageRecords.nothing();
    }
    loading = null;
    Optional<Page<SplitT>> loaded = PageLoader.result(page);
    if (loaded.isPresent()) {
      loading = load(split);
      loaded.get().makeItems();
      return PageRecords.of(split.splitId(), loaded.get());
    }
    current = null;
    opened = false;
    return PageRecords.finished(split.splitId());
  }

  private Future<Optional<Page<SplitT>>> load(SplitT split) throws IOException {
    SplitT toOpen = opened ? null : split;
    opened = true;
    return loader.load(toOpen, () -> signal(false));
  }

  private boolean awaitDoneOrWoken(Future<?> page) throws IOException {
    synchronized (lock) {
      try {
        while (!page.isDone() && !woken) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while waiting for a page", e);
      }
      woken = false;
      return page.isDone();
    }
  }

  private void signal(boolean wakeUp) {
    synchronized (lock) {
      woken |= wakeUp;
      lock.notifyAll();
    }
  }

  @Override
  public void handleSplitsChanges(SplitsChange<SplitT> change) {
    waiting.addAll(change.splits());
  }

  @Override
  public void wakeUp() {
    signal(true);
  }

  /** The loader stays: it belongs to the source reader. */
  @Override
  public void close() {
    if (loading != null) {
      loading.cancel(true);
      loading = null;
    }
  }
}
