package io.dynaload.source.lindorm;

import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves values that have to do with time between JDBC and Java. A timestamp without a zone is one
 * in UTC. Neither the JVM's zone nor a driver's default one shifts a value. Not thread-safe.
 */
sealed interface Times {
  @Nullable Instant timestamp(ResultSet row, int column) throws SQLException;

  @Nullable LocalDate date(ResultSet row, int column) throws SQLException;

  @Nullable LocalTime time(ResultSet row, int column) throws SQLException;

  void bind(PreparedStatement statement, int parameter, Instant value) throws SQLException;

  void bind(PreparedStatement statement, int parameter, LocalDate value) throws SQLException;

  void bind(PreparedStatement statement, int parameter, LocalTime value) throws SQLException;

  /** By the types of java.sql and a calendar in UTC: all that Lindorm's driver has. */
  final class ByCalendar implements Times {
    private final Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);

    @Override
    public @Nullable Instant timestamp(ResultSet row, int column) throws SQLException {
      Timestamp value = row.getTimestamp(column, utc);
      return value == null ? null : value.toInstant();
    }

    @Override
    public @Nullable LocalDate date(ResultSet row, int column) throws SQLException {
      Date value = row.getDate(column, utc);
      return value == null
          ? null
          : LocalDate.ofEpochDay(Math.floorDiv(value.getTime(), TimeUnit.DAYS.toMillis(1)));
    }

    @Override
    public @Nullable LocalTime time(ResultSet row, int column) throws SQLException {
      Time value = row.getTime(column, utc);
      return value == null
          ? null
          : LocalTime.ofNanoOfDay(
              TimeUnit.MILLISECONDS.toNanos(
                  Math.floorMod(value.getTime(), TimeUnit.DAYS.toMillis(1))));
    }

    @Override
    public void bind(PreparedStatement statement, int parameter, Instant value)
        throws SQLException {
      statement.setTimestamp(parameter, Timestamp.from(value), utc);
    }

    @Override
    public void bind(PreparedStatement statement, int parameter, LocalDate value)
        throws SQLException {
      long millis = TimeUnit.DAYS.toMillis(value.toEpochDay());
      statement.setDate(parameter, new Date(millis), utc);
    }

    @Override
    public void bind(PreparedStatement statement, int parameter, LocalTime value)
        throws SQLException {
      long millis = TimeUnit.NANOSECONDS.toMillis(value.toNanoOfDay());
      statement.setTime(parameter, new Time(millis), utc);
    }
  }

  /**
   * By the types of java.time, which keep microseconds and which no zone can shift.
   *
   * <p>A value with a fraction of a second is bound as text: Connector/J cuts the fraction off
   * where the server calls itself older than MySQL 5.6.4, as MariaDB does, and rows would be lost.
   */
  final class ByJavaTime implements Times {
    private static final DateTimeFormatter TIME =
        new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter DATE_AND_TIME =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(TIME)
            .toFormatter(Locale.ROOT);

    @Override
    public @Nullable Instant timestamp(ResultSet row, int column) throws SQLException {
      LocalDateTime value = row.getObject(column, LocalDateTime.class);
      return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }

    @Override
    public @Nullable LocalDate date(ResultSet row, int column) throws SQLException {
      return row.getObject(column, LocalDate.class);
    }

    @Override
    public @Nullable LocalTime time(ResultSet row, int column) throws SQLException {
      return row.getObject(column, LocalTime.class);
    }

    @Override
    public void bind(PreparedStatement statement, int parameter, Instant value)
        throws SQLException {
      LocalDateTime local = LocalDateTime.ofInstant(value, ZoneOffset.UTC);
      if (local.getNano() == 0) {
        statement.setObject(parameter, local);
      } else {
        statement.setString(parameter, DATE_AND_TIME.format(local));
      }
    }

    @Override
    public void bind(PreparedStatement statement, int parameter, LocalDate value)
        throws SQLException {
      statement.setObject(parameter, value);
    }

    @Override
    public void bind(PreparedStatement statement, int parameter, LocalTime value)
        throws SQLException {
      if (value.getNano() == 0) {
        statement.setObject(parameter, value);
      } else {
        statement.setString(parameter, TIME.format(value));
      }
    }
  }
}
