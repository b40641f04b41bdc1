package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Lets the server look at the file's {@code where} before anything is read: prepares, and does not
 * run, a page's statement with it. What the server refuses then is the file's mistake.
 */
final class WhereInspector {
  private WhereInspector() {}

  /**
   * @throws ImportException (CONFIGURATION) with the server's reason
   */
  static void check(
      LindormConnection connection, LindormConfig config, List<KeyColumn> key, KeyLayout layout)
      throws SQLException {
    if (config.filter().where() == null) {
      return;
    }
    LindormSplit split = LindormSplit.unread("where", key, range(config, layout));
    Selection selection = Selection.of(config, List.of(), split);
    String sql = new KeysetCursor(selection, split).query(1).orElseThrow().sql();
    try (PreparedStatement unused = connection.jdbc().prepareStatement(sql)) {
      // It is the preparing that tells.
    } catch (SQLException e) {
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "where: the server refuses " + sql + ": " + Failures.reason(e),
          "Correct the condition. Lindorm wants both a lower and an upper bound of a column that is"
              + " not compared by equality; allow-filtering: true lifts that.",
          e);
    }
  }

  /** Any that the layout may come to; its values are not sent. */
  private static KeyRange range(LindormConfig config, KeyLayout layout) {
    if (layout instanceof KeyLayout.NumberFirst number) {
      return TypeEnds.of(number.first());
    }
    try {
      return layout
          .ranges(new KeyLayout.Request(config.filter().range(), 1, column -> Optional.empty()))
          .get(0);
    } catch (SQLException e) {
      throw new IllegalStateException("A layout without ends of its own asked the table", e);
    }
  }
}
