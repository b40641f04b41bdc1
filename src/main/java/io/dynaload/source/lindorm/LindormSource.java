package io.dynaload.source.lindorm;

import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.bounded.BoundedSource;
import java.sql.SQLException;
import java.util.LinkedHashMap;
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

  /** What is asked for of the columns that the file names, or the table has; empty for all. */
  private final List<String> wanted;

  LindormSource(LindormConfig config) {
    this(config, List.of());
  }

  private LindormSource(LindormConfig config, List<String> wanted) {
    this.config = config;
    this.wanted = List.copyOf(wanted);
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, true, false);
  }

  /** Itself; where the file names no timestamp column, with the one that the table has. */
  @Override
  public List<ImportSource> steps() {
    if (!config.filter().timestampColumn().isEmpty()) {
      return List.of(this);
    }
    try (LindormConnection connection =
        LindormConnection.tryOut(config.access(), config.splits().pages())) {
      TableInspector inspector = new TableInspector(config);
      String column = inspector.onlyTimestampColumn(inspector.describe(connection));
      LindormConfig completed =
          new LindormConfig(
              config.access(), config.filter().at(column), config.splits(), config.types());
      return List.of(new LindormSource(completed, wanted));
    } catch (ImportException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      throw Failures.inspectionFailed(config.access(), "table " + config.filter().table(), e);
    }
  }

  @Override
  public ImportSource project(List<String> attributes) {
    return new LindormSource(config, attributes);
  }

  @Override
  public String table(String unit) {
    return config.filter().table();
  }

  @Override
  public SourceSchema inspect() {
    try (LindormConnection connection =
        LindormConnection.tryOut(config.access(), config.splits().pages())) {
      TableInspector inspector = new TableInspector(config);
      TableSchema schema = inspector.describe(connection);
      inspector.checkTimestampColumn(schema);
      List<KeyColumn> key = new KeyInspector(config, inspector).key(schema);
      KeyLayout layout = KeyLayout.of(config, key);
      GivenValues.check(connection, config, key.get(0));
      StatementInspector.check(connection, config, key, layout);
      List<String> warnings = warnings(layout);
      warnings.forEach(LOG::warn);
      // All that the file names is checked, whatever of it is read.
      Map<String, String> attributes =
          ValueInspector.attributes(config.types(), inspector.attributes(schema));
      return new SourceSchema(
          read(attributes), key.stream().map(KeyColumn::name).toList(), warnings);
    } catch (ImportException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      throw Failures.inspectionFailed(config.access(), "table " + config.filter().table(), e);
    }
  }

  private Map<String, String> read(Map<String, String> attributes) {
    Map<String, String> read = new LinkedHashMap<>(attributes);
    if (!wanted.isEmpty()) {
      read.keySet().retainAll(wanted);
    }
    return read;
  }

  private List<String> warnings(KeyLayout layout) {
    return layout instanceof KeyLayout.Scan
        ? List.of(
            "table "
                + config.filter().table()
                + " cannot be cut into parts, so one reader reads it from its first row to its last"
                + " (allow-filtering). Lindorm looks at every row of the table, whatever its time;"
                + " boundaries or key-values would spread that over all readers.")
        : List.of();
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    return new BoundedSource<>(connector(schema));
  }

  LindormTable connector(SourceSchema schema) {
    return new LindormTable(withDocuments(schema), List.copyOf(schema.attributes().keySet()));
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
