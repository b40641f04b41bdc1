package io.dynaload.local.lindormserver;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Calendar;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's bridge to a JDBC database, with what makes it look like LindormTable: the login is
 * checked, statements go through {@link StatementRules}, a frame holds at most 2,000 rows, and
 * {@code DESCRIBE} is answered. Every execution is logged.
 */
final class LindormMeta extends JdbcMeta {
  /** Rows that LindormTable returns in one read at most (its quotas and limits). */
  static final int MAX_FRAME_ROWS = 2_000;

  private final Database database;
  private final StatementLog log;
  private final OperationTimeout timeout;
  private final String user;
  private final String password;
  private final StatementRules rules;
  private final DescribeStatement describe;
  private final Map<String, String> prepared = new ConcurrentHashMap<>();
  private final Map<String, StatementLog.Entry> executions = new ConcurrentHashMap<>();

  LindormMeta(
      Database database, StatementLog log, OperationTimeout timeout, String user, String password)
      throws SQLException {
    super(database.url(), new Properties());
    this.database = database;
    this.log = log;
    this.timeout = timeout;
    this.user = user;
    this.password = password;
    rules = new StatementRules(database::storageKey);
    describe = new DescribeStatement(database::primaryKey);
    useUtc();
  }

  /**
   * JdbcMeta reads a result's first frame in UTC but later frames, and parameters, in the JVM's
   * time zone. All must agree with the database's sessions.
   */
  private void useUtc() {
    try {
      Field calendar = JdbcMeta.class.getDeclaredField("calendar");
      calendar.setAccessible(true);
      ((Calendar) calendar.get(this)).setTimeZone(TimeZone.getTimeZone("UTC"));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void openConnection(ConnectionHandle connection, Map<String, String> properties) {
    if (!user.equals(properties.get("user")) || !password.equals(properties.get("password"))) {
      throw onTheWire(
          new RefusedException("Access denied: the user name or the password is wrong", "28000"));
    }
    // The client's properties mean nothing to H2, which refuses those that it does not know.
    super.openConnection(connection, Map.of());
  }

  @Override
  protected Connection createConnection(String url, Properties properties) throws SQLException {
    return database.connect();
  }

  @Override
  public StatementHandle prepare(ConnectionHandle connection, String sql, long maxRowCount) {
    String accepted = accepted(sql, List.of());
    try {
      StatementHandle handle = super.prepare(connection, accepted, maxRowCount);
      prepared.put(key(handle), sql);
      return handle;
    } catch (RuntimeException e) {
      throw withState(e);
    }
  }

  @Override
  public ExecuteResult execute(StatementHandle handle, List<TypedValue> values, int maxRows)
      throws NoSuchStatementException {
    String sql = prepared.get(key(handle));
    if (sql == null) {
      throw new NoSuchStatementException(handle);
    }
    List<@Nullable Object> parameters = WireValues.toJdk(values);
    accepted(sql, parameters);
    inTime(sql, parameters);
    StatementLog.Entry execution = started(handle, sql, parameters);
    try {
      return sent(execution, super.execute(handle, values, frame(maxRows)));
    } catch (RuntimeException e) {
      throw withState(e);
    }
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle handle, String sql, long maxRowCount, int maxRows, PrepareCallback callback)
      throws NoSuchStatementException {
    String accepted = accepted(sql, List.of());
    inTime(sql, List.of());
    StatementLog.Entry execution = started(handle, sql, List.of());
    try {
      return sent(
          execution,
          super.prepareAndExecute(handle, accepted, maxRowCount, frame(maxRows), callback));
    } catch (RuntimeException e) {
      throw withState(e);
    }
  }

  @Override
  public Frame fetch(StatementHandle handle, long offset, int maxRows)
      throws NoSuchStatementException, MissingResultsException {
    Frame frame = super.fetch(handle, offset, frame(maxRows));
    StatementLog.Entry execution = executions.get(key(handle));
    if (execution != null) {
      log.sent(execution, rows(frame));
    }
    return frame;
  }

  @Override
  public void closeStatement(StatementHandle handle) {
    prepared.remove(key(handle));
    executions.remove(key(handle));
    super.closeStatement(handle);
  }

  @Override
  public void closeConnection(ConnectionHandle connection) {
    prepared.keySet().removeIf(key -> key.startsWith(connection.id + '/'));
    executions.keySet().removeIf(key -> key.startsWith(connection.id + '/'));
    super.closeConnection(connection);
  }

  /** What the database is asked instead, once the rules let the statement pass. */
  private String accepted(String sql, List<@Nullable Object> parameters) {
    try {
      rules.check(sql, parameters);
      return describe.rewrite(sql);
    } catch (RefusedException e) {
      throw onTheWire(e);
    }
  }

  private void inTime(String sql, List<@Nullable Object> parameters) {
    try {
      timeout.check(sql, parameters);
    } catch (RefusedException e) {
      throw onTheWire(e);
    }
  }

  /** What the database refuses, with its SQL state, which JdbcMeta would leave out. */
  private static RuntimeException withState(RuntimeException e) {
    return e.getCause() instanceof SQLException sql && sql.getSQLState() != null
        ? onTheWire(new RefusedException(String.valueOf(sql.getMessage()), sql.getSQLState()))
        : e;
  }

  /** The form whose message, code and SQL state reach the client. */
  private static AvaticaRuntimeException onTheWire(RefusedException e) {
    return new AvaticaRuntimeException(e.getMessage(), -1, e.sqlState(), AvaticaSeverity.ERROR);
  }

  private StatementLog.Entry started(
      StatementHandle handle, String sql, List<@Nullable Object> parameters) {
    StatementLog.Entry execution = log.add(sql, parameters);
    executions.put(key(handle), execution);
    return execution;
  }

  private ExecuteResult sent(StatementLog.Entry execution, ExecuteResult result) {
    for (MetaResultSet rows : result.resultSets) {
      if (rows.firstFrame != null) {
        log.sent(execution, rows(rows.firstFrame));
      }
    }
    return result;
  }

  private static long rows(Frame frame) {
    return ((Collection<?>) frame.rows).size();
  }

  private static int frame(int maxRows) {
    return maxRows <= 0 ? MAX_FRAME_ROWS : Math.min(maxRows, MAX_FRAME_ROWS);
  }

  private static String key(StatementHandle handle) {
    return handle.connectionId + '/' + handle.id;
  }
}
