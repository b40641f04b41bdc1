package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows are cut into splits and pages.
 *
 * @param keyColumns the key in order; empty to ask the table
 * @param forceIndex the index whose key that is; null for the table itself
 * @param boundaries values of the first key column at which parts begin; as text, because only the
 *     table tells their type
 * @param keyValues all values of the first key column that are to be read; likewise
 * @param allowFiltering whether Lindorm may run statements that look at many rows to find few
 * @param splitCount null to choose one by the parallelism
 */
record SplitConfig(
    List<KeyName> keyColumns,
    @Nullable String forceIndex,
    List<String> boundaries,
    List<String> keyValues,
    boolean allowFiltering,
    @Nullable Integer splitCount,
    PageConfig pages)
    implements Serializable {

  static final Key<List<String>> KEY_COLUMNS =
      Key.texts("key-columns")
          .defaultsTo(List.of())
          .example("[device, event_time desc]")
          .describedAs(
              "The table's primary key in order, each column with desc if it is stored descending,"
                  + " where the table does not tell it; with force-index, the columns of the index"
                  + " and then those of the primary key.");
  static final Key<String> FORCE_INDEX =
      Key.parsed("force-index", "the name of an index", "by_time", SplitConfig::indexName)
          .describedAs(
              "Covering index to read instead of the table, by the hint _l_force_index_; needs"
                  + " key-columns.");
  static final Key<List<String>> BOUNDARIES =
      Key.texts("boundaries")
          .changeable()
          .defaultsTo(List.of())
          .describedAs(
              "Values of the first key column, in ascending order, at each of which a part begins.");
  static final Key<List<String>> KEY_VALUES =
      Key.texts("key-values")
          .defaultsTo(List.of())
          .describedAs(
              "The values of the first key column to read, each by equality; rows with others are"
                  + " not read.");
  static final Key<Boolean> ALLOW_FILTERING =
      Key.flag("allow-filtering")
          .defaultsTo(false)
          .describedAs(
              "Send the hint _l_allow_filtering_, with which Lindorm runs what it refuses as"
                  + " inefficient; a table that cannot be cut is then read in one part.");
  static final Key<Integer> SPLIT_COUNT =
      Key.integer("split-count")
          .changeable()
          .between(1, 100_000)
          .describedAs("Parts that the range is cut into; by default 64, or 8 a reader if more.");

  /** Those that say how a table is cut. */
  static final Keys PLAN_KEYS =
      Keys.of(KEY_COLUMNS, FORCE_INDEX, BOUNDARIES, KEY_VALUES, ALLOW_FILTERING, SPLIT_COUNT);

  static final Keys KEYS = PLAN_KEYS.and(PageConfig.KEYS);

  /** It stands in a hint, where it cannot be quoted. */
  private static String indexName(String text) {
    if (!text.matches("[\\w.$-]+")) {
      throw new IllegalArgumentException("is not the name of an index, such as by_time");
    }
    return text;
  }

  static SplitConfig of(Section section) {
    SplitConfig config =
        new SplitConfig(
            KeyName.listed(section, KEY_COLUMNS),
            section.find(FORCE_INDEX).orElse(null),
            section.get(BOUNDARIES),
            section.get(KEY_VALUES),
            section.get(ALLOW_FILTERING),
            section.find(SPLIT_COUNT).orElse(null),
            PageConfig.of(section));
    if (config.forceIndex != null && config.keyColumns.isEmpty()) {
      throw section.problem(
          FORCE_INDEX,
          "the key of an index is not known",
          "Name its columns, and then those of the primary key, with key-columns.");
    }
    if (!config.boundaries.isEmpty() && !config.keyValues.isEmpty()) {
      throw section.problem(
          BOUNDARIES,
          "boundaries and key-values contradict each other",
          "Keep boundaries to read all values of the first key column, key-values to read some.");
    }
    return config;
  }
}
