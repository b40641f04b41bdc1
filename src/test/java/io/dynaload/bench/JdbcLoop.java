package io.dynaload.bench;

import io.dynaload.local.SensorReadings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Calendar;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/**
 * What one would write by hand to read the table of sensor readings: the same driver, pages and
 * statements as the source's, every column read by its getter, and nothing made of it. It knows the
 * table; it does not split, checkpoint, or mend a connection.
 */
final class JdbcLoop implements AutoCloseable {
  private static final String SELECT =
      "SELECT `event_time`, `sensor_id`, `temperature`, `humidity`, `battery`, `ok`, `note`"
          + " FROM `"
          + SensorReadings.TABLE
          + "` WHERE ";
  private static final String FROM = SELECT + "`event_time` >= ? AND `event_time` < ?";
  private static final String BEHIND = SELECT + "`event_time` > ? AND `event_time` < ?";
  private static final String SAME_TIME = SELECT + "`event_time` = ? AND `sensor_id` > ?";
  private static final String BY_KEY = " ORDER BY `event_time`, `sensor_id` LIMIT ";
  private static final String BY_SENSOR = " ORDER BY `sensor_id` LIMIT ";

  private final Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
  private final Connection connection;
  private final int pageSize;
  private Timestamp lastTime = Timestamp.from(Instant.EPOCH);
  private String lastSensor = "";
  private long checksum;

  private JdbcLoop(Connection connection, int pageSize) {
    this.connection = connection;
    this.pageSize = pageSize;
  }

  static JdbcLoop connect(String url, int pageSize) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", TableServer.USER);
    properties.setProperty("password", TableServer.PASSWORD);
    properties.setProperty("database", "default");
    return new JdbcLoop(DriverManager.getConnection(url, properties), pageSize);
  }

  /** Reads all rows before a time; how many they were. */
  long read(Instant to) throws SQLException {
    Timestamp end = Timestamp.from(to);
    try (PreparedStatement from = connection.prepareStatement(FROM + BY_KEY + pageSize);
        PreparedStatement behind = connection.prepareStatement(BEHIND + BY_KEY + pageSize);
        PreparedStatement same = connection.prepareStatement(SAME_TIME + BY_SENSOR + pageSize)) {
      long rows = page(from, Timestamp.from(SensorReadings.FROM), end);
      int page;
      do {
        do {
          page = page(same, lastTime, lastSensor);
          rows += page;
        } while (page == pageSize);
        page = page(behind, lastTime, end);
        rows += page;
      } while (page > 0);
      return rows;
    }
  }

  private int page(PreparedStatement statement, Timestamp time, Object other) throws SQLException {
    statement.setFetchSize(pageSize);
    statement.setTimestamp(1, time, utc);
    if (other instanceof Timestamp end) {
      statement.setTimestamp(2, end, utc);
    } else {
      statement.setString(2, (String) other);
    }
    int rows = 0;
    try (ResultSet result = statement.executeQuery()) {
      for (; result.next(); rows++) {
        row(result);
      }
    }
    return rows;
  }

  private void row(ResultSet row) throws SQLException {
    lastTime = row.getTimestamp(1, utc);
    lastSensor = row.getString(2);
    double temperature = row.getDouble(3);
    checksum += row.wasNull() ? 0 : Double.doubleToLongBits(temperature);
    BigDecimal humidity = row.getBigDecimal(4);
    int battery = row.getInt(5);
    checksum += row.wasNull() ? 0 : battery;
    boolean ok = row.getBoolean(6);
    checksum += row.wasNull() || !ok ? 0 : 1;
    String note = row.getString(7);
    checksum += (humidity == null ? 0 : humidity.scale()) + (note == null ? 0 : note.length());
  }

  /** Depends on every value that was read, so that none can be left out. */
  long checksum() {
    return checksum;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
