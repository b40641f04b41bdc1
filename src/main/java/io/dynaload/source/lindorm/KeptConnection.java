package io.dynaload.source.lindorm;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one reader, opened when it is needed and kept until it breaks or is closed. One
 * that was idle for a minute is replaced: Lindorm cuts idle connections, after 90 s at the soonest,
 * and a firewall on the way may do so without telling, which would cost a whole timeout to notice.
 * Not thread-safe.
 */
final class KeptConnection {
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(60);

  /** Opens a connection. */
  interface Opener {
    LindormConnection open() throws SQLException;
  }

  private final Opener opener;
  private final LongSupplier nanoTime;
  private @Nullable LindormConnection connection;
  private long lastUse;

  KeptConnection(Opener opener, LongSupplier nanoTime) {
    this.opener = opener;
    this.nanoTime = nanoTime;
  }

  /**
   * For one use now.
   *
   * @throws SQLException or the driver's RuntimeException if none can be opened
   */
  LindormConnection connected() throws SQLException {
    long now = nanoTime.getAsLong();
    LindormConnection current = connection;
    if (current != null && now - lastUse > LONGEST_IDLE.toNanos()) {
      abandon();
      current = null;
    }
    if (current == null) {
      current = opener.open();
      connection = current;
    }
    lastUse = now;
    return current;
  }

  /** The use has ended well. */
  void used() {
    lastUse = nanoTime.getAsLong();
  }

  /**
   * Gives up the connection if there is one, because it is broken. To close it is to tell the
   * server, which may not answer any more: nobody waits for that.
   */
  void abandon() {
    LindormConnection broken = connection;
    if (broken != null) {
      connection = null;
      Thread closer = new Thread(broken::close, "lindorm-connection-closer");
      closer.setDaemon(true);
      closer.start();
    }
  }

  /** Closes the connection if there is one, because it is no longer needed. */
  void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
