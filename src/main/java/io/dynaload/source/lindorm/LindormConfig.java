package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Secret;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of a Lindorm source.
 *
 * @param columns those to read; empty for all
 * @param keyColumns the table's primary key in order; empty to ask the table
 * @param splitCount null to choose one by the parallelism
 * @param pageSize rows a statement
 */
record LindormConfig(
    LindormUrl url,
    @Nullable Secret username,
    @Nullable Secret password,
    String database,
    String table,
    String timestampColumn,
    TimestampRange range,
    List<String> columns,
    List<String> keyColumns,
    @Nullable Integer splitCount,
    int pageSize)
    implements Serializable {

  static final Key<LindormUrl> URL =
      Key.parsed("url", LindormUrl.LABEL, LindormUrl.EXAMPLE, LindormUrl::parse)
          .required()
          .describedAs("Address of Lindorm's SQL service, in the form of its JDBC driver.");
  static final Key<Secret> USERNAME =
      Key.textOrReference("username").changeable().describedAs("User of the database.");
  static final Key<Secret> PASSWORD =
      Key.secret("password").changeable().describedAs("Password of the user, as a reference.");
  static final Key<String> DATABASE =
      Key.text("database").defaultsTo("default").describedAs("Database that holds the table.");
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
  static final Key<List<String>> KEY_COLUMNS =
      Key.texts("key-columns")
          .defaultsTo(List.of())
          .describedAs("The table's primary key in order, where the table does not tell it.");
  static final Key<Integer> SPLIT_COUNT =
      Key.integer("split-count")
          .changeable()
          .between(1, 100_000)
          .describedAs("Parts that the range is cut into; by default 64, or 8 a reader if more.");
  static final Key<Integer> PAGE_SIZE =
      Key.integer("page-size")
          .changeable()
          .defaultsTo(2_000)
          .between(1, 10_000)
          .describedAs("Rows a statement; Lindorm returns at most 2,000 at once.");
  static final Keys KEYS =
      Keys.of(
          URL,
          USERNAME,
          PASSWORD,
          DATABASE,
          TABLE,
          TIMESTAMP_COLUMN,
          FROM,
          TO,
          COLUMNS,
          KEY_COLUMNS,
          SPLIT_COUNT,
          PAGE_SIZE);

  static LindormConfig of(Section section) {
    return new LindormConfig(
        section.get(URL),
        section.find(USERNAME).orElse(null),
        section.find(PASSWORD).orElse(null),
        section.get(DATABASE),
        section.get(TABLE),
        section.get(TIMESTAMP_COLUMN),
        range(section),
        distinct(section, COLUMNS),
        distinct(section, KEY_COLUMNS),
        section.find(SPLIT_COUNT).orElse(null),
        section.get(PAGE_SIZE));
  }

  private static List<String> distinct(Section section, Key<List<String>> key) {
    Set<String> seen = new HashSet<>();
    for (String column : section.get(key)) {
      if (!seen.add(column)) {
        throw section.problem(key, "names " + column + " twice", "Name each column once.");
      }
    }
    return List.copyOf(section.get(key));
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
