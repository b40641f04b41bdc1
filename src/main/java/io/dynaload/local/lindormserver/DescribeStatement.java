package io.dynaload.local.lindormserver;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers {@code DESCRIBE [TABLE] name} with LindormTable's columns: TABLE_SCHEMA, TABLE_NAME,
 * COLUMN_NAME, TYPE, IS_PRIMARY_KEY (text, {@code true} or {@code false}) and SORT_ORDER ({@code
 * ASC}, {@code DESC}, or {@code none} beside the key). Key columns come first, in key order. The
 * driver's {@code getPrimaryKeys} never asks the server, so this is how a client learns the key.
 *
 * <p>Of {@code PRIMARY KEY(hash32(a), a, b)} the columns a and b are told and the hash is not; how
 * LindormTable describes it is not documented.
 */
final class DescribeStatement {
  private static final String COLUMNS =
      """
      SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, TYPE,
        CASE WHEN KEY_POSITION IS NULL THEN 'false' ELSE 'true' END AS IS_PRIMARY_KEY,
        CASE WHEN KEY_POSITION IS NULL THEN 'none' WHEN LOWER(COLUMN_NAME) IN (%s)
          THEN 'DESC' ELSE 'ASC' END AS SORT_ORDER
      FROM (
        SELECT c.TABLE_SCHEMA, c.TABLE_NAME, c.COLUMN_NAME, c.ORDINAL_POSITION,
          CASE c.DATA_TYPE
            WHEN 'CHARACTER VARYING' THEN 'VARCHAR'
            WHEN 'CHARACTER' THEN 'CHAR'
            WHEN 'BINARY VARYING' THEN 'VARBINARY'
            WHEN 'DOUBLE PRECISION' THEN 'DOUBLE'
            WHEN 'REAL' THEN 'FLOAT'
            WHEN 'NUMERIC' THEN 'DECIMAL(' || c.NUMERIC_PRECISION || ',' || c.NUMERIC_SCALE || ')'
            WHEN 'DECIMAL' THEN 'DECIMAL(' || c.NUMERIC_PRECISION || ',' || c.NUMERIC_SCALE || ')'
            ELSE c.DATA_TYPE END AS TYPE,
          (SELECT k.ORDINAL_POSITION FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE k
            JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS t
              ON t.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA
              AND t.CONSTRAINT_NAME = k.CONSTRAINT_NAME
            WHERE t.CONSTRAINT_TYPE = 'PRIMARY KEY' AND k.TABLE_SCHEMA = c.TABLE_SCHEMA
              AND k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME) AS KEY_POSITION
        FROM INFORMATION_SCHEMA.COLUMNS c
        WHERE c.TABLE_SCHEMA = 'default' AND LOWER(c.TABLE_NAME) = LOWER(%s))
      ORDER BY KEY_POSITION NULLS LAST, ORDINAL_POSITION
      """;

  private final Function<String, TableKey> primaryKeys;

  DescribeStatement(Function<String, TableKey> primaryKeys) {
    this.primaryKeys = primaryKeys;
  }

  /** The SQL that H2 answers; any other statement as it is. */
  String rewrite(String sql) {
    List<Token> tokens = Token.split(sql);
    if (tokens.isEmpty() || !(tokens.get(0).is("DESCRIBE") || tokens.get(0).is("DESC"))) {
      return sql;
    }
    String table = tokens.get(tokens.size() - 1).text();
    TableKey key = primaryKeys.apply(table);
    if (key.isEmpty()) {
      throw new RefusedException("Table '" + table + "' does not exist", "42S02");
    }
    String descending =
        key.columns().stream()
            .filter(TableKey.Column::descending)
            .map(column -> text(column.name().toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining(", "));
    return COLUMNS.formatted(descending.isEmpty() ? "''" : descending, text(table));
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
