package io.dynaload.source.lindorm;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the ends of a numeric key column with two statements of one row each, sorted up and down.
 * MIN and MAX would be full scans; so would be a statement without a condition, so these carry the
 * bounds of the column's type.
 */
final class JdbcKeyEnds implements KeyEnds {
  private final List<String> hints;
  private final String table;
  private final AccessConfig access;
  private final LindormConnection connection;
  private final Cells cells;

  JdbcKeyEnds(LindormConfig config, LindormConnection connection) {
    this.hints = Hints.of(config.splits());
    this.table = config.filter().table();
    this.access = config.access();
    this.connection = connection;
    this.cells = new Cells(connection.dialect());
  }

  @Override
  public Optional<Ends> find(KeyColumn column) throws SQLException {
    try {
      Optional<KeyValue> least = first(column, false);
      Optional<KeyValue> greatest = first(column, true);
      return least.isPresent() && greatest.isPresent()
          ? Optional.of(new Ends(least.get(), greatest.get()))
          : Optional.empty();
    } catch (SQLException e) {
      if (Failures.isRefused(e) && !Timeouts.isTimeout(e)) {
        throw Failures.endsRefused(access, column.name(), e);
      }
      throw e;
    }
  }

  private Optional<KeyValue> first(KeyColumn column, boolean descending) throws SQLException {
    KeyColumn order = new KeyColumn(column.name(), column.type(), descending);
    PageQuery query =
        new PageQuery(
            hints, table, List.of(column.name()), limits(column), null, List.of(order), 1);
    try (PreparedStatement statement = connection.jdbc().prepareStatement(query.sql())) {
      int parameter = 1;
      for (Condition condition : query.conditions()) {
        cells.bind(statement, parameter++, condition);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(cells.key(rows, 1, column.type())) : Optional.empty();
      }
    }
  }

  private List<Condition> limits(KeyColumn column) {
    KeyRange all = TypeEnds.of(column, access.url().protocol());
    List<Condition> limits = new ArrayList<>();
    if (all.lower() != null) {
      limits.add(Condition.on(column, Condition.Operator.AT_LEAST, all.lower()));
    }
    if (all.upper() != null) {
      limits.add(Condition.on(column, Condition.Operator.AT_MOST, all.upper()));
    }
    return limits;
  }
}
