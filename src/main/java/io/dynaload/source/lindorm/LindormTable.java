package io.dynaload.source.lindorm;

import io.dynaload.source.bounded.BoundedConnector;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A time range of one table, as the bounded source reads it.
 *
 * @param attributes the columns to emit
 */
record LindormTable(LindormConfig config, List<String> attributes)
    implements BoundedConnector<LindormSplit> {

  /**
   * Paging and the number of splits may change on resume: a split carries what it was planned by.
   */
  @Override
  public String fingerprint() {
    String where = config.filter().where();
    return "lindorm table "
        + config.access().database()
        + "."
        + config.filter().table()
        + " at "
        + config.access().url()
        + ", "
        + config.filter().timestampColumn()
        + " in "
        + config.filter().range()
        + keyValues()
        + (where == null ? "" : " where " + where)
        + ", columns "
        + String.join(", ", attributes);
  }

  private String keyValues() {
    List<String> values = config.splits().keyValues();
    return values.isEmpty() ? "" : ", key values " + String.join(", ", values);
  }

  /** Failures of the connection and timeouts are retried as those of reading are. */
  @Override
  public List<LindormSplit> plan(int parallelism) {
    return plan(parallelism, new Retry(config.splits().pages().giveUpAfter()));
  }

  List<LindormSplit> plan(int parallelism, Retry retry) {
    KeptConnection connection =
        new KeptConnection(() -> LindormConnection.open(config), System::nanoTime);
    try {
      return retry.call(
          "Planning table " + config.filter().table(),
          () -> planned(connection.connected(), parallelism),
          connection::abandon);
    } catch (IOException e) {
      throw Failures.outage(config.access(), e);
    } catch (SQLTimeoutException e) {
      throw new IllegalStateException("Retried like any other failure", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.outage(config.access(), e);
    } finally {
      connection.close();
    }
  }

  private List<LindormSplit> planned(LindormConnection connection, int parallelism)
      throws SQLException {
    try {
      TableInspector inspector = new TableInspector(config);
      List<KeyColumn> key = new KeyInspector(config, inspector).key(inspector.describe(connection));
      return new SplitPlanner(config, new JdbcKeyEnds(config, connection)).plan(key, parallelism);
    } catch (SQLTimeoutException e) {
      // There is nothing less to ask for: the statement is repeated as it is.
      throw new SQLException(e);
    } catch (SQLException e) {
      if (Failures.isRefused(e) && !Timeouts.isTimeout(e)) {
        throw Failures.refused(config.access(), "planning table " + config.filter().table(), e);
      }
      throw e;
    }
  }

  @Override
  public PageReader<LindormSplit> reader() {
    return new LindormSplitReader(config, attributes);
  }

  @Override
  public SimpleVersionedSerializer<LindormSplit> splitSerializer() {
    return new LindormSplitSerializer();
  }
}
