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
 * @param keyColumns the table's primary key in order; empty to ask the table
 * @param splitCount null to choose one by the parallelism
 * @param pageSize rows a statement
 */
record SplitConfig(List<String> keyColumns, @Nullable Integer splitCount, int pageSize)
    implements Serializable {

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
  static final Keys KEYS = Keys.of(KEY_COLUMNS, SPLIT_COUNT, PAGE_SIZE);

  static SplitConfig of(Section section) {
    return new SplitConfig(
        LindormConfig.distinct(section, KEY_COLUMNS),
        section.find(SPLIT_COUNT).orElse(null),
        section.get(PAGE_SIZE));
  }
}
