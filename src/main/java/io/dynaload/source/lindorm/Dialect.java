package io.dynaload.source.lindorm;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between the protocols by which a table can be read; chosen by the url. The SQL of
 * the pages is the same for all, names in backticks included. Stateless and thread-safe.
 */
sealed interface Dialect permits LindormDialect, MySqlDialect {
  static Dialect of(LindormUrl.Protocol protocol) {
    return switch (protocol) {
      case TABLE -> LindormDialect.TABLE;
      case TSDB -> LindormDialect.TSDB;
      case MYSQL -> MySqlDialect.INSTANCE;
    };
  }

  /** What stands for the server in messages. */
  String product();

  /** The JDBC driver's class. It is only ever named, so that it can come from another jar. */
  String driverClass();

  /** The file name of a jar that has the class, for the message that it is missing. */
  String driverJar();

  /**
   * The url for the driver; never holds a login.
   *
   * @param database the one to be used
   */
  String driverUrl(LindormUrl url, String database);

  /**
   * The driver's properties but for user and password: ours, overruled by the url's, overruled by
   * the file's.
   *
   * @param answerWithin how long to wait for an answer, where neither says it
   */
  Map<String, String> properties(AccessConfig config, Duration answerWithin);

  /**
   * Sets what a new session needs, so that no time is shifted.
   *
   * @param properties as {@link #properties} gave them
   */
  void begin(Connection connection, Map<String, String> properties) throws SQLException;

  /**
   * The table's columns, key columns first where the server tells them.
   *
   * @return empty if there is no such table
   */
  Optional<TableSchema> describe(Connection connection, AccessConfig config, String table)
      throws SQLException;

  /** The names of the database's tables, as far as the user may see them, sorted. */
  List<String> tables(Connection connection, AccessConfig config) throws SQLException;

  /** The type of a column of a result, from 1; empty where it cannot be read. */
  Optional<ColumnType> type(ResultSetMetaData result, int column) throws SQLException;

  /**
   * The value of a BOOLEAN; false where it is null.
   *
   * @throws io.dynaload.error.ImportException (CONFIGURATION) for a number that is no boolean
   */
  boolean bool(ResultSet row, int column) throws SQLException;

  /** How this driver is given times and gives them; a new one each time. */
  Times times();

  /** The fetch size with which a page of so many rows is read, as a whole. */
  int pageFetchSize(int rows);

  /**
   * The fetch size with which a result that may be of any length is read bit by bit.
   *
   * @param rows that are wanted at once
   */
  int streamingFetchSize(int rows);

  /** Ends a connection that still has rows of a result to give, without reading them. */
  void cut(Connection connection) throws SQLException;

  /** Whether what the driver says when no connection opens may hold the password. */
  boolean opensWithSecretsInMessages();
}
