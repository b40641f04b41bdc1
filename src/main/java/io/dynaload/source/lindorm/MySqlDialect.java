package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * MySQL's protocol by Connector/J: Lindorm's port for it, MySQL, MariaDB.
 *
 * <p>Statements are prepared at the server, because only then does a FLOAT arrive with all of its
 * digits. A page is small enough for the driver to hold it whole, so no server cursor is used. The
 * session's time zone is UTC, which makes a TIMESTAMP the instant that it is and leaves a DATETIME
 * as it stands.
 */
enum MySqlDialect implements Dialect {
  INSTANCE;

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("sslMode", "PREFERRED"),
          Map.entry("useServerPrepStmts", "true"),
          Map.entry("cachePrepStmts", "true"),
          Map.entry("prepStmtCacheSize", "100"),
          Map.entry("prepStmtCacheSqlLimit", "65536"),
          Map.entry("useLocalSessionState", "true"),
          Map.entry("tcpKeepAlive", "true"),
          Map.entry("connectTimeout", "10000"));

  private static final String TINYINT_1_IS_BIT = "tinyInt1isBit";
  private static final String SETS_ZONE = "forceConnectionTimeZoneToSession";

  /** MySQL knows zones by name only where its tables of zones are loaded. */
  private static final String UTC_OFFSET = "+00:00";

  /** The form that Lindorm documents. */
  private static final String UTC_NAME = "UTC";

  @Override
  public String product() {
    return "The server";
  }

  @Override
  public String driverClass() {
    return "com.mysql.cj.jdbc.Driver";
  }

  @Override
  public String driverJar() {
    return "mysql-connector-j-9.7.0.jar";
  }

  /** Without parameters: they are in the properties, each once. */
  @Override
  public String driverUrl(LindormUrl url, String database) {
    return url.driverUrl()
        + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public Map<String, String> properties(AccessConfig config, Duration answerWithin) {
    Map<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    properties.putAll(DEFAULTS);
    properties.put("socketTimeout", Long.toString(answerWithin.toMillis()));
    properties.putAll(config.url().parameters());
    config.properties().forEach((name, value) -> properties.put(name, value.resolve()));
    // Another name of connectionTimeZone. Every value is read in UTC, so neither may say otherwise.
    properties.remove("serverTimezone");
    properties.put("connectionTimeZone", "UTC");
    // Or a result would tell another type than the table's description.
    properties.put("yearIsDateType", "false");
    return properties;
  }

  /**
   * Sets the session's time zone to UTC, unless forceConnectionTimeZoneToSession is false. The
   * driver could do it, but in one of the two spellings only.
   */
  @Override
  public void begin(Connection connection, Map<String, String> properties) throws SQLException {
    if ("false".equalsIgnoreCase(properties.get(SETS_ZONE))) {
      return;
    }
    try {
      set(connection, UTC_OFFSET);
    } catch (SQLException e) {
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      setByName(connection);
    }
  }

  private static void setByName(Connection connection) throws SQLException {
    try {
      set(connection, UTC_NAME);
    } catch (SQLException e) {
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      throw new ImportException(
          ErrorCode.SOURCE,
          "The server does not take UTC as the session's time zone, so its timestamps would be"
              + " shifted: "
              + Failures.reason(e),
          "Read by Lindorm's own driver (jdbc:lindorm:table:url=…); or, if no column is a"
              + " TIMESTAMP, add "
              + SETS_ZONE
              + "=false to the url.",
          e);
    }
  }

  private static void set(Connection connection, String zone) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET @@time_zone = '" + zone + "'");
    }
  }

  @Override
  public Optional<TableSchema> describe(Connection connection, AccessConfig config, String table)
      throws SQLException {
    return new MySqlMetadata(connection, config.database(), booleans(config)).describe(table);
  }

  /** Whether TINYINT(1) is BOOLEAN, which is Connector/J's default. */
  private static boolean booleans(AccessConfig config) {
    Map<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    properties.putAll(config.url().parameters());
    config
        .properties()
        .forEach(
            (name, value) -> {
              if (name.equalsIgnoreCase(TINYINT_1_IS_BIT)) {
                properties.put(name, value.resolve());
              }
            });
    return !"false".equalsIgnoreCase(properties.get(TINYINT_1_IS_BIT));
  }

  @Override
  public List<String> tables(Connection connection, AccessConfig config) throws SQLException {
    return new MySqlMetadata(connection, config.database(), booleans(config)).tables();
  }

  @Override
  public Optional<ColumnType> type(ResultSetMetaData result, int column) throws SQLException {
    return MySqlTypes.of(result, column);
  }

  /** TINYINT(1) is MySQL's BOOLEAN, but holds any small number: none becomes another one. */
  @Override
  public boolean bool(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    if (value != 0 && value != 1) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "Column "
              + row.getMetaData().getColumnLabel(column)
              + " is a TINYINT(1), which is read as a boolean, but holds a number that is neither 0"
              + " nor 1",
          "Read every TINYINT(1) as a number: add " + TINYINT_1_IS_BIT + "=false to the url.");
    }
    return value == 1;
  }

  @Override
  public Times times() {
    return new Times.ByJavaTime();
  }

  @Override
  public int pageFetchSize(int rows) {
    return rows;
  }

  /** Connector/J keeps a result in memory as a whole, unless it is asked for row by row so. */
  @Override
  public int streamingFetchSize(int rows) {
    return Integer.MIN_VALUE;
  }

  /** To close it, Connector/J would read all that is left of a result that is streamed. */
  @Override
  public void cut(Connection connection) throws SQLException {
    connection.abort(Runnable::run);
  }

  @Override
  public boolean opensWithSecretsInMessages() {
    return false;
  }
}
