package io.dynaload.source.lindorm;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lindorm's own driver. All that has to do with time is sent and read as wall-clock time in UTC,
 * which this driver does not shift; see {@link Cells}.
 */
enum LindormDialect implements Dialect {
  TABLE("Lindorm", "com.aliyun.lindorm.table.client.Driver"),
  /** Cuts idle connections after 90 s; the next page is then asked for on a new one. */
  TSDB("LindormTSDB", "com.aliyun.lindorm.tsdb.client.Driver");

  /** The most rows that Lindorm gives at once. */
  private static final int LARGEST_FETCH = 2_000;

  private static final String CONNECT_MILLIS = "10000";

  private final String product;
  private final String driverClass;

  LindormDialect(String product, String driverClass) {
    this.product = product;
    this.driverClass = driverClass;
  }

  @Override
  public String product() {
    return product;
  }

  @Override
  public String driverClass() {
    return driverClass;
  }

  @Override
  public String driverJar() {
    return "lindorm-all-client-2.2.1.3.jar";
  }

  @Override
  public String driverUrl(LindormUrl url, String database) {
    return url.driverUrl();
  }

  /**
   * The driver's own retries are switched off, because it counts them over the life of a connection
   * and cannot mend a connection that the server has forgotten; {@link Retry} does better. The
   * timeouts, which it takes for both services, work only with {@code failover}.
   */
  @Override
  public Map<String, String> properties(AccessConfig config, Duration answerWithin) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("failover", "true");
    properties.put("maxRetries", "0");
    properties.put("interval", "100");
    properties.put("lindorm.tsdb.driver.connect.timeout", CONNECT_MILLIS);
    properties.put("lindorm.tsdb.driver.connection.request.timeout", CONNECT_MILLIS);
    properties.put("lindorm.tsdb.driver.socket.timeout", Long.toString(answerWithin.toMillis()));
    properties.putAll(config.url().parameters());
    config.properties().forEach((name, value) -> properties.put(name, value.resolve()));
    properties.put("database", config.database());
    return properties;
  }

  @Override
  public void begin(Connection connection, Map<String, String> properties) {}

  /** DESCRIBE, because the driver's own metadata never tell the key. */
  @Override
  public Optional<TableSchema> describe(Connection connection, AccessConfig config, String table)
      throws SQLException {
    TableSchema schema = Description.of(connection, table, ColumnType::ofName).schema();
    return schema.columns().isEmpty() ? Optional.empty() : Optional.of(schema);
  }

  @Override
  public List<String> tables(Connection connection, AccessConfig config) throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    try (ResultSet rows = connection.getMetaData().getTables(null, null, "%", null)) {
      while (rows.next()) {
        if (config.database().equalsIgnoreCase(rows.getString("TABLE_SCHEM"))) {
          names.add(rows.getString("TABLE_NAME"));
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public Optional<ColumnType> type(ResultSetMetaData result, int column) throws SQLException {
    return ColumnType.of(result, column);
  }

  @Override
  public boolean bool(ResultSet row, int column) throws SQLException {
    return row.getBoolean(column);
  }

  @Override
  public Times times() {
    return new Times.ByCalendar();
  }

  @Override
  public int pageFetchSize(int rows) {
    return Math.min(rows, LARGEST_FETCH);
  }

  @Override
  public int streamingFetchSize(int rows) {
    return pageFetchSize(rows);
  }

  @Override
  public void cut(Connection connection) throws SQLException {
    connection.close();
  }

  @Override
  public boolean opensWithSecretsInMessages() {
    return true;
  }
}
