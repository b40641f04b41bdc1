package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.bounded.BoundedSource;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the rows that a query of the user's gives, each once, by one reader. {@link QueryReader}
 * says what that is worth after an interruption.
 */
final class QuerySource implements ImportSource {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(QuerySource.class);
  private static final String LOST =
      "query: it is read by one reader, whatever the parallelism, and from its first row again"
          + " after every interruption, leaving behind the rows that were read. Nothing makes sure"
          + " that Lindorm runs it efficiently.";
  private static final String UNORDERED =
      " It has no ORDER BY: should its rows come in another order after an interruption, the import"
          + " ends with an error.";

  private final QueryConfig config;

  QuerySource(QueryConfig config) {
    this.config = config;
  }

  /** Whether a query gives a key twice is not known. */
  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, false, false);
  }

  @Override
  public SourceSchema inspect() {
    try (LindormConnection connection = LindormConnection.tryOut(config.access(), config.pages())) {
      String warning = SqlText.isOrdered(config.query()) ? LOST : LOST + UNORDERED;
      LOG.warn(warning);
      return new SourceSchema(
          ValueInspector.attributes(config.types(), columns(connection)),
          List.of(),
          List.of(warning));
    } catch (ImportException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      throw Failures.inspectionFailed(config.access(), "the query", e);
    }
  }

  private Map<String, ColumnType> columns(LindormConnection connection) throws SQLException {
    try (PreparedStatement statement = refusable(() -> prepare(connection))) {
      ResultSetMetaData metadata = refusable(statement::getMetaData);
      Map<String, ColumnType> columns = new LinkedHashMap<>();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        String column = metadata.getColumnLabel(i);
        String declared = metadata.getColumnTypeName(i);
        ColumnType type =
            connection
                .dialect()
                .type(metadata, i)
                .orElseThrow(
                    () ->
                        wrong(
                            "column "
                                + column
                                + " is of type "
                                + declared
                                + ", which cannot be"
                                + " read.",
                            "Leave it out of the query, or convert it there."));
        if (columns.put(column, type) != null) {
          throw wrong(
              "gives two columns the name " + column + ".", "Name one of them otherwise, with AS.");
        }
      }
      return columns;
    }
  }

  private PreparedStatement prepare(LindormConnection connection) throws SQLException {
    return connection.jdbc().prepareStatement(config.query());
  }

  /** What is asked of the driver. */
  private interface Question<T> {
    T ask() throws SQLException;
  }

  /**
   * What the server refuses here, it would refuse later. Connector/J may prepare by itself what the
   * server does not, and find that out only when it is asked for the columns.
   */
  private static <T> T refusable(Question<T> question) throws SQLException {
    try {
      return question.ask();
    } catch (SQLException e) {
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      throw wrong("the server refuses it: " + Failures.reason(e), "Correct the query.");
    }
  }

  private static ImportException wrong(String problem, String remedy) {
    return new ImportException(ErrorCode.CONFIGURATION, "query: " + problem, remedy);
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    return new BoundedSource<>(new QueryTable(config, List.copyOf(schema.attributes().keySet())));
  }
}
