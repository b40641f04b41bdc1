package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which rows and columns of which table are read.
 *
 * @param columns those to read; empty for all
 */
record FilterConfig(
    String table, String timestampColumn, TimestampRange range, List<String> columns)
    implements Serializable {

  static final Key<String> TABLE = Key.text("table").required().describedAs("Table to read.");
  static final Key<String> TIMESTAMP_COLUMN =
      Key.text("timestamp-column")
          .required()
          .describedAs("Column of type TIMESTAMP that from and to are compared with.");
  static final Key<Moment> FROM =
      Key.parsed("from", Moment.LABEL, Moment.EXAMPLE, Moment::parse)
          .required()
          .describedAs("First timestamp to read; UTC unless it has an offset or a zone.");
  static final Key<Moment> TO =
      Key.parsed("to", Moment.LABEL, Moment.EXAMPLE, Moment::parse)
          .required()
          .describedAs("First timestamp not to read any more; UTC like from.");
  static final Key<List<String>> COLUMNS =
      Key.texts("columns")
          .defaultsTo(List.of())
          .describedAs("Columns to read; all of the table's if left out.");
  static final Keys KEYS = Keys.of(TABLE, TIMESTAMP_COLUMN, FROM, TO, COLUMNS);

  static FilterConfig of(Section section) {
    return new FilterConfig(
        section.get(TABLE),
        section.get(TIMESTAMP_COLUMN),
        range(section),
        LindormConfig.distinct(section, COLUMNS));
  }

  private static TimestampRange range(Section section) {
    Instant from = TimestampRange.ceiling(section.get(FROM).in(ZoneOffset.UTC));
    Instant to = TimestampRange.ceiling(section.get(TO).in(ZoneOffset.UTC));
    if (!from.isBefore(to)) {
      throw section.problem(
          TO,
          "the range is empty: to is " + to + " and from is " + from,
          "Set to to a later time than from; it is the first timestamp not to be read.");
    }
    return new TimestampRange(from, to);
  }
}
