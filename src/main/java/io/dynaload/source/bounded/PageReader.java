package io.dynaload.source.bounded;

import java.io.IOException;
import java.util.Optional;

/**
 * Reads one split after another. All methods are called by one thread, which may block in them. It
 * is interrupted when the result is no longer wanted; an implementation that cannot notice (a
 * socket) must bound its waiting by a timeout of its own.
 *
 * @param <SplitT> the connector's split
 */
public interface PageReader<SplitT> extends AutoCloseable {
  /** Begins to read a split at its position. The one before has ended or is given up. */
  void open(SplitT split) throws IOException, InterruptedException;

  /**
   * Loads the next page of the open split, all of it, holding nothing open at the server
   * afterwards. Transient failures are retried within; what leaves it fails the task.
   *
   * @return a page, which may be without items, so that checkpoints follow what gives none; or
   *     empty at the end of the split
   */
  Optional<Page<SplitT>> nextPage() throws IOException, InterruptedException;

  /** Releases connections; does not throw. */
  @Override
  void close();
}
