package io.dynaload.source.lindorm;

import io.dynaload.source.bounded.BoundedConnector;
import io.dynaload.source.bounded.PageReader;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A query, as the bounded source reads it: one split.
 *
 * @param attributes its columns
 */
record QueryTable(QueryConfig config, List<String> attributes)
    implements BoundedConnector<QuerySplit> {

  @Override
  public String fingerprint() {
    return "query at "
        + config.access().url()
        + " in "
        + config.access().database()
        + ": "
        + config.query();
  }

  @Override
  public List<QuerySplit> plan(int parallelism) {
    return List.of(QuerySplit.UNREAD);
  }

  @Override
  public PageReader<QuerySplit> reader() {
    return new QueryReader(config, attributes);
  }

  @Override
  public SimpleVersionedSerializer<QuerySplit> splitSerializer() {
    return new QuerySplitSerializer();
  }
}
