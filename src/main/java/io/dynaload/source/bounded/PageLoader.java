package io.dynaload.source.bounded;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * The page reader of one subtask and the thread that runs it. It lives as long as the source reader
 * does. Flink makes a new split reader for nearly every split; what the page reader holds, such as
 * a connection that took a second to log in, goes on from one to the next.
 *
 * <p>The page reader is called by this one thread only, in the order of the calls here. {@link
 * #close} waits a second at most: a page reader that is stuck in a socket is closed by the thread
 * once its own timeout lets it go.
 */
final class PageLoader<SplitT extends SourceSplit> implements AutoCloseable {
  private static final long CLOSE_WAIT_MILLIS = 1_000;

  private final PageReader<SplitT> pages;
  private final ExecutorService thread;

  PageLoader(PageReader<SplitT> pages) {
    this.pages = pages;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread loader = new Thread(work, "page-loader");
              loader.setDaemon(true);
              return loader;
            });
  }

  /**
   * Loads the next page of the open split.
   *
   * @param toOpen the split to open before; null to go on with the open one
   * @param done run by the thread once the outcome is there, whatever it is
   * @throws IOException if this is closed
   */
  Future<Optional<Page<SplitT>>> load(@Nullable SplitT toOpen, Runnable done) throws IOException {
    FutureTask<Optional<Page<SplitT>>> task =
        new FutureTask<>(
            () -> {
              if (toOpen != null) {
                pages.open(toOpen);
              }
              return pages.nextPage();
            }) {
          @Override
          protected void done() {
            done.run();
          }
        };
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      throw new IOException("The source reader is closed", e);
    }
    return task;
  }

  /** What a load gave; as it is done, this does not wait. */
  static <T> T result(Future<T> page) throws IOException {
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

  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(pages::close);
    thread.shutdown();
    try {
      // False if it is still stuck; nothing waits for it any more.
      boolean unused = thread.awaitTermination(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
