package io.dynaload.source.lindorm;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a server of MySQL's protocol sorts the texts of one column, which its collation decides. */
record MySqlTexts(Connection connection, String table, String column) {
  private static final Pattern COLLATION = Pattern.compile("(?<charset>[a-z0-9]+)_\\w+");

  /**
   * The place of each text among them as the server sorts them; the same to the server, the same
   * place. Empty where the server tells no collation: then it is by code points.
   */
  List<Integer> ranks(List<String> texts) throws SQLException {
    Optional<String> value = value();
    return value.isEmpty() ? List.of() : ranks(texts, value.get());
  }

  private List<Integer> ranks(List<String> texts, String value) throws SQLException {
    String rows =
        IntStream.range(0, texts.size())
            .mapToObj(i -> "SELECT " + i + " AS i, " + value + " AS v")
            .collect(Collectors.joining(" UNION ALL "));
    List<Integer> ranks = new ArrayList<>(Collections.nCopies(texts.size(), -1));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT GROUP_CONCAT(i) FROM (" + rows + ") given GROUP BY v ORDER BY v")) {
      for (int i = 0; i < texts.size(); i++) {
        statement.setString(i + 1, texts.get(i));
      }
      try (ResultSet groups = statement.executeQuery()) {
        for (int rank = 0; groups.next(); rank++) {
          for (String place : groups.getString(1).split(",", -1)) {
            ranks.set(Integer.parseInt(place), rank);
          }
        }
      }
    }
    return ranks;
  }

  /** The SQL that makes a parameter compare as the column does. */
  private Optional<String> value() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery("SHOW FULL COLUMNS FROM " + Identifiers.quote(table))) {
      while (columns.next()) {
        if (column.equals(columns.getString("Field"))) {
          return value(columns.getString("Type"), String.valueOf(columns.getString("Collation")));
        }
      }
      return Optional.empty();
    } catch (SQLException e) {
      if (Failures.isConnectionLost(e)) {
        throw e;
      }
      // Lindorm's port need not know the statement; Lindorm compares text by its code points.
      return Optional.empty();
    }
  }

  private static Optional<String> value(String type, String collation) {
    if (type.equalsIgnoreCase("uuid")) {
      return Optional.of("CAST(? AS UUID)");
    }
    Matcher named = COLLATION.matcher(collation);
    return named.matches()
        ? Optional.of("CONVERT(? USING " + named.group("charset") + ") COLLATE " + collation)
        : Optional.empty();
  }
}
