package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Lets the server look at a page's statement before anything is read: prepares it and does not run
 * it. What the server refuses then, it would refuse in the middle of the import.
 */
final class StatementInspector {
  private StatementInspector() {}

  /**
   * @throws ImportException (CONFIGURATION) with the server's reason
   */
  static void check(
      LindormConnection connection, LindormConfig config, List<KeyColumn> key, KeyLayout layout)
      throws SQLException {
    LindormSplit split = LindormSplit.unread("look", key, range(config, layout));
    Selection selection = Selection.of(config, List.of(), split);
    String sql = new KeysetCursor(selection, split).query(1).orElseThrow().sql();
    try (PreparedStatement unused = connection.jdbc().prepareStatement(sql)) {
      // It is the preparing that tells.
    } catch (SQLException e) {
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      throw refused(config, layout, sql, e);
    }
  }

  private static ImportException refused(
      LindormConfig config, KeyLayout layout, String sql, SQLException failure) {
    boolean where = config.filter().where() != null;
    return new ImportException(
        ErrorCode.CONFIGURATION,
        (where ? "where" : "table " + config.filter().table())
            + ": the server refuses "
            + sql
            + ": "
            + Failures.reason(failure),
        where
            ? "Correct the condition. Lindorm wants both a lower and an upper bound of a column"
                + " that is not compared by equality; allow-filtering: true lifts that."
            : remedy(layout),
        failure);
  }

  private static String remedy(KeyLayout layout) {
    return layout instanceof KeyLayout.ValueList
        ? "See that key-columns, key-values and force-index are what the table has."
        : "A table whose key begins with a hash of a column is not stored in the order of its key:"
            + " name the column's values with key-values: […], each of which is read by itself."
            + " Otherwise see that key-columns and force-index are what the table has.";
  }

  /** Any that the layout may come to; its values are not sent. */
  private static KeyRange range(LindormConfig config, KeyLayout layout) {
    if (layout instanceof KeyLayout.NumberFirst number) {
      return TypeEnds.of(number.first(), config.access().url().protocol());
    }
    try {
      return layout
          .ranges(new KeyLayout.Request(config.filter().range(), 1, column -> Optional.empty()))
          .stream()
          .findFirst()
          .orElse(KeyRange.whole());
    } catch (SQLException e) {
      throw new IllegalStateException("A layout without ends of its own asked the table", e);
    }
  }
}
