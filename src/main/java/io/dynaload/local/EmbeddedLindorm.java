package io.dynaload.local;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Lindorm-protocol server on 127.0.0.1 for the demo and the tests: the real driver talks to it at
 * {@link #url}. It holds its data in memory and refuses the statements that LindormTable refuses.
 *
 * <p>Names keep the case they are written in and match in any case; the schema is {@code default};
 * a TIMESTAMP is wall-clock time in UTC. The server runs in a class loader of its own, because the
 * driver carries another version of the server's protocol library. Methods may be called from any
 * thread; a failing one throws {@link IllegalStateException} with the server's message.
 */
public final class EmbeddedLindorm implements AutoCloseable {
  private final ServerHandle server;
  private int port;

  private EmbeddedLindorm(ServerHandle server) {
    this.server = server;
  }

  /** Starts a server with an empty database; port 0 takes any free one. */
  public static EmbeddedLindorm start(int port, String user, String password) {
    EmbeddedLindorm lindorm = new EmbeddedLindorm(ServerHandle.create(user, password));
    try {
      lindorm.port = lindorm.server.start(port);
      return lindorm;
    } catch (RuntimeException e) {
      lindorm.server.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  /** What the driver connects to; user and password go in the connection's properties. */
  public String url() {
    return "jdbc:lindorm:table:url=http://127.0.0.1:" + port;
  }

  /**
   * Runs a statement in the database itself, past the wire and its rules. The key of a CREATE TABLE
   * may have descending columns and begin with a hash, as in {@code PRIMARY KEY(hash32(a), a, b
   * DESC)}.
   */
  public void execute(String sql) {
    server.execute(sql);
  }

  /** Runs an INSERT with parameters for every row, in one transaction, past the wire. */
  public void load(String insert, Iterator<@Nullable Object[]> rows) {
    server.load(insert, rows);
  }

  /** What was executed over the wire, in order; the newest 10,000 of them. */
  public List<ReceivedStatement> statements() {
    return server.statements().stream().map(ReceivedStatement::of).toList();
  }

  /**
   * How many rows the server has sent as results of statements since it was made; those of DESCRIBE
   * count too, those of the driver's metadata calls do not.
   */
  public long rowsSent() {
    return server.rowsSent();
  }

  /**
   * From now on, a SELECT that would look at more rows than this fails as if it had run into the
   * operation's timeout (SQL state HYT00, a message that begins with "Operation timeout"). Rows
   * that a filter drops count too: they are read from storage. {@link Long#MAX_VALUE} ends it.
   */
  public void failStatementsLongerThan(long rows) {
    server.failBeyond(rows);
  }

  /** How many statements have failed by {@link #failStatementsLongerThan}. */
  public long timeouts() {
    return server.timeouts();
  }

  /** Stops to listen and cuts every connection; the data stay. */
  public void stop() {
    server.stop();
  }

  /** Listens again after {@link #stop}, on the same port. Connections from before are unknown. */
  public void restart() {
    server.start(port);
  }

  @Override
  public void close() {
    server.close();
  }
}
