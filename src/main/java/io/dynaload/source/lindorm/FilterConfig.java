package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and columns of which table are read.
 *
 * @param timestampColumn empty for the table's only one of type TIMESTAMP, as long as that was not
 *     looked for
 * @param columns those to read; empty for all
 * @param where a further condition in SQL, sent as it stands; null for none
 */
record FilterConfig(
    String table,
    String timestampColumn,
    TimestampRange range,
    List<String> columns,
    @Nullable String where)
    implements Serializable {
  private static final String UNLESS_QUERY = " Required, unless there is a query.";

  static final Key<String> TABLE = Key.text("table").describedAs("Table to read." + UNLESS_QUERY);
  static final Key<String> TIMESTAMP_COLUMN =
      Key.text("timestamp-column")
          .describedAs(
              "Column that from and to are compared with. Left out: the table's only column of type"
                  + " TIMESTAMP.");
  static final Key<Moment> FROM =
      Key.parsed("from", Moment.LABEL, Moment.EXAMPLE, Moment::parse)
          .describedAs(
              "First timestamp to read, in time-zone unless it has an offset or a zone."
                  + UNLESS_QUERY);
  static final Key<Moment> TO =
      Key.parsed("to", Moment.LABEL, Moment.EXAMPLE, Moment::parse)
          .describedAs("First timestamp not to read any more; zone like from." + UNLESS_QUERY);
  static final Key<List<String>> COLUMNS =
      Key.texts("columns")
          .defaultsTo(List.of())
          .describedAs("Columns to read; all of the table's if left out.");
  static final Key<String> WHERE =
      Key.parsed("where", "a condition in SQL", "site = 'north'", SqlText::condition)
          .describedAs(
              "Further condition on the rows, in the database's SQL. It is sent as it stands, in"
                  + " parentheses, with every statement; Lindorm must find it efficient, too.");
  static final Keys KEYS =
      Keys.of(TABLE, TIMESTAMP_COLUMN, FROM, TO).and(TimestampSettings.KEYS).and(COLUMNS, WHERE);

  FilterConfig(String table, String timestampColumn, TimestampRange range, List<String> columns) {
    this(table, timestampColumn, range, columns, null);
  }

  static FilterConfig of(Section section) {
    List<Key<?>> missing = new ArrayList<>(List.of(TABLE, TIMESTAMP_COLUMN, FROM, TO));
    missing.removeIf(section::has);
    if (section.get(TimestampSettings.ENCODING) == TimestampEncoding.Kind.TIMESTAMP) {
      missing.remove(TIMESTAMP_COLUMN);
    }
    if (!missing.isEmpty()) {
      Key<?> first = missing.remove(0);
      String others = missing.stream().map(Key::name).collect(Collectors.joining(", "));
      throw section.problem(
          first,
          others.isEmpty() ? "is missing" : "is missing; missing besides: " + others,
          "Say what to read: table, timestamp-column, from and to, or a whole SELECT as query.");
    }
    return new FilterConfig(
        section.find(TABLE).orElseThrow(),
        section.find(TIMESTAMP_COLUMN).orElse(""),
        TimestampSettings.range(section),
        LindormConfig.distinct(section, COLUMNS),
        section.find(WHERE).orElse(null));
  }

  /** The same, of this column. */
  FilterConfig at(String column) {
    return new FilterConfig(table, column, range, columns, where);
  }
}
