package io.dynaload.source.lindorm;

import io.dynaload.config.Secret;
import io.dynaload.error.ImportException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
 */
final class LindormConnection implements AutoCloseable {
  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private LindormConnection(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** User, password and properties, resolved; for the time of opening a connection only. */
  record Login(String user, String password, Map<String, String> properties) {
    static Login of(AccessConfig access, PageConfig pages) {
      return new Login(
          resolve(access.username()),
          resolve(access.password()),
          access.dialect().properties(access, pages.socketTimeout()));
    }

    private static String resolve(@Nullable Secret secret) {
      return secret == null ? "" : secret.resolve();
    }

    /** A fresh copy for each connection: Lindorm's driver writes into it. */
    Properties forDriver() {
      Properties all = new Properties();
      all.putAll(properties);
      all.setProperty("user", user);
      all.setProperty("password", password);
      return all;
    }

    /** Whether a failure tells the password, or another secret, anywhere in its causes. */
    boolean isIn(Throwable failure) {
      StringWriter printed = new StringWriter();
      failure.printStackTrace(new PrintWriter(printed, true));
      String text = printed.toString();
      return (!password.isEmpty() && text.contains(password))
          || properties.entrySet().stream()
              .filter(property -> LindormUrl.isSecretName(property.getKey()))
              .map(Map.Entry::getValue)
              .anyMatch(secret -> !secret.isEmpty() && text.contains(secret));
    }

    @Override
    public String toString() {
      return "<redacted>";
    }
  }

  /**
   * @throws ImportException if the login or the database is refused, or there is no driver
   * @throws SQLException or the driver's RuntimeException on any other failure; it holds no secret
   */
  private static LindormConnection open(AccessConfig access, Login login) throws SQLException {
    Dialect dialect = access.dialect();
    Driver driver = DriverLoader.load(dialect, access.driverJar());
    String url = dialect.driverUrl(access.url(), access.database());
    Connection connection;
    try {
      connection = driver.connect(url, login.forDriver());
    } catch (SQLException | RuntimeException e) {
      if (Failures.isUnknownDatabase(e)) {
        throw Failures.unknownDatabase(access);
      }
      if (Failures.isLoginRefused(e)) {
        throw Failures.loginRefused(access);
      }
      if (login.isIn(e)) {
        throw new SQLException(
            "The driver opens no connection; what it says holds a secret and is not shown");
      }
      throw e;
    }
    if (connection == null) {
      throw new SQLException("The driver does not take the url " + url);
    }
    LindormConnection opened = new LindormConnection(connection, dialect);
    try {
      dialect.begin(connection, login.properties());
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  static LindormConnection open(AccessConfig access, PageConfig pages) throws SQLException {
    return open(access, Login.of(access, pages));
  }

  static LindormConnection open(LindormConfig config) throws SQLException {
    return open(config.access(), config.splits().pages());
  }

  /**
   * For a first look.
   *
   * @throws ImportException if none opens, with the reason
   */
  static LindormConnection tryOut(AccessConfig access, PageConfig pages) {
    Login login = Login.of(access, pages);
    try {
      return open(access, login);
    } catch (ImportException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      throw Failures.unreachable(access, e);
    }
  }

  Connection jdbc() {
    return connection;
  }

  Dialect dialect() {
    return dialect;
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

  /** Ends it in the middle of a result, without waiting for the rest of it; never throws. */
  void cut() {
    try {
      dialect.cut(connection);
    } catch (SQLException | RuntimeException e) {
      // As with close.
    }
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
