package io.dynaload.local.lindormserver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.server.AvaticaProtobufHandler;
import org.apache.calcite.avatica.server.HttpServer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory database that speaks Lindorm's wire protocol on 127.0.0.1.
 *
 * <p>The data live from construction to {@link #close}; the listener may stop and start in between.
 * Methods may be called from any thread.
 */
public final class LindormServer {
  private static final String HOST = "127.0.0.1";
  private static final int BATCH = 5_000;

  private final Database database;
  private final StatementLog log = new StatementLog();
  private final OperationTimeout timeout;
  private final String user;
  private final String password;
  private @Nullable HttpServer listener;

  private LindormServer(String user, String password) throws SQLException {
    this.user = user;
    this.password = password;
    database = new Database("jdbc:h2:mem:lindorm-" + UUID.randomUUID());
    timeout = new OperationTimeout(database);
  }

  /**
   * The one entry: a server that does not listen yet, as functions by name. {@code start} (port, 0
   * for any free one, to port), {@code stop}, {@code close}, {@code execute} (SQL), {@code load}
   * (INSERT statement with parameters, rows), {@code statements} (each: SQL, parameters, rows
   * sent), {@code rowsSent}, {@code failBeyond} (rows), {@code timeouts}.
   */
  public static Map<String, Object> create(String user, String password) throws SQLException {
    // Avatica's jar logs to stdout at INFO.
    Configurator.setAllLevels("", Level.OFF);
    LindormServer server = new LindormServer(user, password);
    IntUnaryOperator start = server::start;
    Runnable stop = server::stop;
    Runnable close = server::close;
    Consumer<String> execute = server::execute;
    BiConsumer<String, Iterator<Object[]>> load = server::load;
    Supplier<Object> statements = server.log::statements;
    LongSupplier rowsSent = server.log::rowsSent;
    LongConsumer failBeyond = server.timeout::failBeyond;
    LongSupplier timeouts = server.timeout::failed;
    return Map.of(
        "start", start,
        "stop", stop,
        "close", close,
        "execute", execute,
        "load", load,
        "statements", statements,
        "rowsSent", rowsSent,
        "failBeyond", failBeyond,
        "timeouts", timeouts);
  }

  private synchronized int start(int port) {
    if (listener != null) {
      throw new IllegalStateException("the server is listening already");
    }
    try {
      HttpServer http = new Listener(port, new LindormMeta(database, log, timeout, user, password));
      http.start();
      listener = http;
      return http.getPort();
    } catch (SQLException e) {
      throw failure("start", e);
    } catch (RuntimeException e) {
      throw new IllegalStateException("Cannot listen on port " + port + " of " + HOST, e);
    }
  }

  /** Avatica's server listens on all addresses; this one on the machine itself only. */
  private static final class Listener extends HttpServer {
    Listener(int port, LindormMeta meta) {
      super(port, new AvaticaProtobufHandler(new LocalService(meta)));
    }

    @Override
    protected ServerConnector configureConnector(ServerConnector connector, int port) {
      super.configureConnector(connector, port).setHost(HOST);
      return connector;
    }
  }

  private synchronized void stop() {
    HttpServer http = listener;
    listener = null;
    if (http != null) {
      http.stop();
    }
  }

  private void close() {
    stop();
    try {
      database.close();
    } catch (SQLException e) {
      throw failure("close", e);
    }
  }

  private void execute(String sql) {
    try {
      database.execute(sql);
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  private void load(String insert, Iterator<Object[]> rows) {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      connection.setAutoCommit(false);
      for (int pending = 0; rows.hasNext(); ) {
        Object[] row = rows.next();
        for (int i = 0; i < row.length; i++) {
          statement.setObject(i + 1, row[i]);
        }
        statement.addBatch();
        if (++pending == BATCH || !rows.hasNext()) {
          statement.executeBatch();
          pending = 0;
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw failure(insert, e);
    }
  }

  /** Only the message leaves: the exception's class is known to this class loader alone. */
  private static RuntimeException failure(String what, SQLException e) {
    return new IllegalStateException(what + ": " + e.getMessage());
  }
}
