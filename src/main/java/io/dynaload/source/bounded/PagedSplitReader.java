package io.dynaload.source.bounded;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Reads the splits of one subtask, one at a time, in the order in which they came.
 *
 * <p>Pages are loaded by a thread of its own. So a call to {@link #wakeUp} ends a fetch at once,
 * however long the server takes, and no work is lost: the next fetch waits for the same page. When
 * the reader is closed in the middle of a page, that thread is interrupted and closes the
 * connection as soon as the page reader lets go.
 *
 * <p>{@link #wakeUp} may be called by any thread, all else by the fetcher's thread only.
 */
final class PagedSplitReader<SplitT extends SourceSplit>
    implements SplitReader<PageCursor<SplitT>, SplitT> {
  private static final long CLOSE_WAIT_MILLIS = 1_000;

  private final PageReader<SplitT> pages;
  private final ExecutorService loader;
  private final Deque<SplitT> waiting = new ArrayDeque<>();
  private final Object lock = new Object();
  private boolean woken;

  private @Nullable SplitT current;
  private boolean opened;
  private @Nullable Future<Optional<Page<SplitT>>> loading;

  PagedSplitReader(PageReader<SplitT> pages) {
    this.pages = pages;
    this.loader =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "page-loader");
              thread.setDaemon(true);
              return thread;
            });
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
    Optional<Page<SplitT>> loaded = result(page);
    if (loaded.isPresent()) {
      return PageRecords.of(split.splitId(), loaded.get());
    }
    current = null;
    opened = false;
    return PageRecords.finished(split.splitId());
  }

  private Future<Optional<Page<SplitT>>> load(SplitT split) {
    boolean first = !opened;
    opened = true;
    FutureTask<Optional<Page<SplitT>>> task =
        new FutureTask<>(
            () -> {
              if (first) {
                pages.open(split);
              }
              return pages.nextPage();
            }) {
          @Override
          protected void done() {
            signal(false);
          }
        };
    loader.execute(task);
    return task;
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

  private static <T> T result(Future<T> page) throws IOException {
    try {
      return page.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for a page", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (cause instanceof IOException checked) {
        throw checked;
      }
      throw new IOException("A page could not be read", cause);
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

  @Override
  public void close() throws InterruptedException {
    if (loader.isShutdown()) {
      return;
    }
    if (loading != null) {
      loading.cancel(true);
    }
    loader.execute(pages::close);
    loader.shutdown();
    loader.awaitTermination(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }
}
