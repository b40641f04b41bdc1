package io.dynaload.source.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Files at {@code s3://bucket/key}, {@code file:///folder/name} and {@code /folder/name}.
 * Thread-safe; the streams are not.
 *
 * <p>What may pass, such as a connection that is cut or a server that asks to slow down, is tried
 * again for a minute and then is an IOException, so that the job's restart strategy decides. What
 * does not pass, such as a refused access, an object that is gone or another than it was, is an
 * ImportException (SOURCE) at once, which names the object. A thread that is interrupted while it
 * waits to try again gets an {@link java.io.InterruptedIOException}.
 */
public interface Storage extends Closeable {
  /** Opens no connection yet. */
  static Storage of(StorageConfig config) {
    return new Storages(config, new Retry());
  }

  /**
   * The files that a path stands for, by name in ascending order: the file itself; those in a
   * folder and the folders below it, but for names that begin with {@code _} or a dot; or those
   * that a pattern matches. In a pattern, {@code *} stands for any characters but a slash, {@code
   * **} for any, {@code ?} for one, {@code {a,b}} for either.
   *
   * @return empty if there are none
   */
  List<StoredObject> list(String path) throws IOException;

  /** The file with this very name; empty if there is none. No pattern, no folder. */
  Optional<StoredObject> find(String uri) throws IOException;

  /**
   * Opens a file at a byte, as stored. The stream survives cut connections: it goes on at its
   * position, and gives the bytes of this very content or fails. It need not be buffered to be read
   * in large blocks. It may be kept open unread for any time.
   */
  InputStream open(StoredObject object, long offset) throws IOException;

  /** Releases connections; streams that are open fail from then on, or later. */
  @Override
  void close();
}
