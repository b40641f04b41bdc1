package io.dynaload.source.lindorm;

import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.bounded.BoundedSource;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the rows of a Lindorm table whose timestamp lies in a half-open range, in parallel, each
 * once. The range, the columns and the page are part of the SQL, so no other row leaves Lindorm.
 * The read is not a snapshot: a row that is written meanwhile may be seen or not.
 */
final class LindormSource implements ImportSource {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(LindormSource.class);

  private final LindormConfig config;

  LindormSource(LindormConfig config) {
    this.config = config;
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, true);
  }

  @Override
  public SourceSchema inspect() {
    try (LindormConnection connection = connect()) {
      TableInspector inspector = new TableInspector(config);
      TableSchema schema = inspector.describe(connection);
      inspector.checkTimestampColumn(schema);
      List<KeyColumn> key = new KeyInspector(config, inspector).key(schema);
      warn(KeyLayout.of(config, key));
      Map<String, String> attributes =
          ValueInspector.attributes(config.types(), inspector.attributes(schema));
      return new SourceSchema(attributes, key.stream().map(KeyColumn::name).toList());
    } catch (ImportException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      throw Failures.inspectionFailed(config, e);
    }
  }

  private void warn(KeyLayout layout) {
    if (layout instanceof KeyLayout.Scan) {
      LOG.warn(
          "Table {} cannot be cut into parts, so one reader reads it from its first row to its last"
              + " (allow-filtering). Lindorm looks at every row of the table, whatever its time;"
              + " boundaries or key-values would spread that over all readers.",
          config.filter().table());
    }
  }

  private LindormConnection connect() {
    LindormConnection.Login login = LindormConnection.Login.of(config);
    try {
      return LindormConnection.open(config, login);
    } catch (ImportException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      throw Failures.unreachable(config.access(), e);
    }
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    List<String> attributes = List.copyOf(schema.attributes().keySet());
    return new BoundedSource<>(new LindormTable(withDocuments(schema), attributes));
  }

  /** Names the documents: a result's metadata may call JSON a text, the table itself does not. */
  private LindormConfig withDocuments(SourceSchema schema) {
    List<String> documents =
        schema.attributes().entrySet().stream()
            .filter(attribute -> attribute.getValue().equals(AttributeForm.DOCUMENT))
            .map(Map.Entry::getKey)
            .toList();
    return new LindormConfig(
        config.access(), config.filter(), config.splits(), config.types().withDocuments(documents));
  }
}
