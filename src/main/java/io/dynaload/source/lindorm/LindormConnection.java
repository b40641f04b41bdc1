package io.dynaload.source.lindorm;

import io.dynaload.config.Secret;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One connection with the statements prepared on it. Not thread-safe. After any failure it is of no
 * more use: close it and open another one.
 *
 * <p>The driver's own retries are switched off, because it counts them over the life of a
 * connection and cannot mend a connection that the server has forgotten; {@link Retry} does better.
 */
final class LindormConnection implements AutoCloseable {
  private static final String DRIVER = "com.aliyun.lindorm.table.client.Driver";
  private static final String CONNECT_MILLIS = "10000";

  /** Above the 120 s after which Lindorm itself gives up a statement. */
  private static final String SOCKET_MILLIS = "150000";

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private LindormConnection(Connection connection) {
    this.connection = connection;
  }

  /** User and password, resolved; for the time of opening a connection only. */
  record Login(String user, String password) {
    static Login of(LindormConfig config) {
      return new Login(resolve(config.access().username()), resolve(config.access().password()));
    }

    private static String resolve(@Nullable Secret secret) {
      return secret == null ? "" : secret.resolve();
    }

    @Override
    public String toString() {
      return "<redacted>";
    }
  }

  /**
   * @throws ImportException if the login is refused or there is no driver
   * @throws SQLException or the driver's RuntimeException on any other failure; what it says may
   *     hold the password, so it must not be shown
   */
  static LindormConnection open(LindormConfig config, Login login) throws SQLException {
    Driver driver = driver();
    Properties properties = properties(config, login);
    Connection connection;
    try {
      connection = driver.connect(config.access().url().text(), properties);
    } catch (SQLException | RuntimeException e) {
      if (Failures.isLoginRefused(e)) {
        throw Failures.loginRefused(config);
      }
      throw e;
    }
    if (connection == null) {
      throw new SQLException("The driver does not take the url " + config.access().url());
    }
    return new LindormConnection(connection);
  }

  static LindormConnection open(LindormConfig config) throws SQLException {
    return open(config, Login.of(config));
  }

  private static Driver driver() {
    try {
      return Class.forName(DRIVER, true, LindormConnection.class.getClassLoader())
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "Lindorm's JDBC driver (" + DRIVER + ") is not on the class path",
          "Put the jar lindorm-all-client beside Dynaload's.",
          e);
    }
  }

  /** A fresh copy for each connection: the driver writes into it. */
  private static Properties properties(LindormConfig config, Login login) {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("database", config.access().database());
    // The timeouts work only with failover, whatever their names say.
    properties.setProperty("failover", "true");
    properties.setProperty("maxRetries", "0");
    properties.setProperty("interval", "100");
    properties.setProperty("lindorm.tsdb.driver.connect.timeout", CONNECT_MILLIS);
    properties.setProperty("lindorm.tsdb.driver.connection.request.timeout", CONNECT_MILLIS);
    properties.setProperty("lindorm.tsdb.driver.socket.timeout", SOCKET_MILLIS);
    return properties;
  }

  Connection jdbc() {
    return connection;
  }

  /** The same statement for the same text: preparing costs a round trip. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  /** Never throws: a broken connection cannot be closed in an orderly way. */
  @Override
  public void close() {
    try {
      // Its statements go with it.
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // The server drops what it has of the connection once it is idle for long.
    }
  }
}
