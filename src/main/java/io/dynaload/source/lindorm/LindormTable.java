package io.dynaload.source.lindorm;

import io.dynaload.error.OutageException;
import io.dynaload.source.bounded.BoundedConnector;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.sql.SQLException;
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

  @Override
  public List<LindormSplit> plan(int parallelism) {
    try (LindormConnection connection = LindormConnection.open(config)) {
      TableInspector inspector = new TableInspector(config);
      List<KeyColumn> key = new KeyInspector(config, inspector).key(inspector.describe(connection));
      return new SplitPlanner(config, new JdbcKeyEnds(config, connection)).plan(key, parallelism);
    } catch (SQLException e) {
      throw notPlanned(Failures.reason(e), e);
    } catch (IOException e) {
      throw notPlanned(String.valueOf(e.getMessage()), e);
    }
  }

  private OutageException notPlanned(String reason, Exception cause) {
    String what = "table " + config.filter().table() + " cannot be planned: " + reason;
    return Failures.outage(config.access(), new IOException(what, cause));
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
