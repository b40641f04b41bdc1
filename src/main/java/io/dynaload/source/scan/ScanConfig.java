package io.dynaload.source.scan;

import io.dynaload.aws.AwsConfig;
import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.source.SourceTraits;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the file says of tables to be scanned.
 *
 * @param tables names, or patterns with {@code *}; at least one
 */
record ScanConfig(
    List<String> tables,
    SegmentsConfig segments,
    ScanQuery query,
    ReadCapacityConfig capacity,
    AwsConfig aws)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Developer guide, "Supported data types and naming rules"; and the star. */
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_.*-]{1,255}");

  static final Key<String> TABLE =
      Key.parsed("table", "a table's name", "my-table", ScanConfig::checked)
          .describedAs("The table that is read, or a pattern, as in tables.");

  static final Key<List<String>> TABLES =
      Key.texts("tables")
          .example("[CustomerTracker-2014, 'CustomerTracker-2015*']")
          .describedAs(
              "In place of table: several, read by one job into one target. `*` in a name stands"
                  + " for any characters, as the tables are named when the import begins.");

  static final Keys KEYS =
      Keys.of(TABLE, TABLES)
          .and(SegmentsConfig.KEYS)
          .and(ScanQuery.KEYS)
          .and(ReadCapacityConfig.KEYS)
          .and(AwsConfig.KEYS);

  ScanConfig {
    tables = tables.stream().distinct().toList();
  }

  static ScanConfig of(Section section) {
    return new ScanConfig(
        tables(section),
        SegmentsConfig.of(section),
        ScanQuery.of(section),
        ReadCapacityConfig.of(section),
        AwsConfig.from(section));
  }

  ScanConfig project(List<String> attributes) {
    return new ScanConfig(tables, segments, query.project(attributes), capacity, aws);
  }

  private static List<String> tables(Section section) {
    if (section.has(TABLE) == section.has(TABLES)) {
      throw section.problem(
          section.has(TABLES) ? TABLES : TABLE,
          section.has(TABLE) ? "stands beside table" : "is missing",
          "Name one table with table, or several with tables.");
    }
    if (section.has(TABLE)) {
      return List.of(section.get(TABLE));
    }
    List<String> several = section.get(TABLES);
    if (several.isEmpty()) {
      throw section.problem(TABLES, "names no table", "Name at least one.");
    }
    for (String table : several) {
      try {
        checked(table);
      } catch (IllegalArgumentException e) {
        throw section.problem(
            TABLES, "\"" + table + "\" " + e.getMessage(), "Correct the name, or the pattern.");
      }
    }
    return several;
  }

  boolean hasPattern() {
    return tables.stream().anyMatch(ScanConfig::isPattern);
  }

  /**
   * They follow from the file alone, so that they are the same when an import goes on: a pattern
   * may match one table now, and is still of any number. An index may give an item twice: where it
   * moves within the index while it is read.
   */
  SourceTraits traits() {
    boolean oneTable = tables.size() == 1 && !hasPattern();
    return new SourceTraits(true, oneTable && query.index() == null, false);
  }

  static boolean isPattern(String table) {
    return table.indexOf('*') >= 0;
  }

  private static String checked(String text) {
    if (!FORM.matcher(text).matches() || (!isPattern(text) && text.length() < 3)) {
      throw new IllegalArgumentException(
          "is not a table's name: 3 to 255 letters, digits, '_', '-' and '.'");
    }
    return text;
  }
}
