package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the file says of a Lindorm source. Its keys stand in one section, without groups. */
record LindormConfig(
    AccessConfig access, FilterConfig filter, SplitConfig splits, TypesConfig types)
    implements Serializable {

  static final Keys KEYS =
      AccessConfig.KEYS
          .and(FilterConfig.KEYS)
          .and(QueryConfig.QUERY)
          .and(SplitConfig.KEYS)
          .and(TypesConfig.KEYS);

  static LindormConfig of(Section section) {
    return new LindormConfig(
        AccessConfig.of(section),
        FilterConfig.of(section),
        SplitConfig.of(section),
        TypesConfig.of(section));
  }

  /** The columns that a key lists, each once. */
  static List<String> distinct(Section section, Key<List<String>> key) {
    Set<String> seen = new HashSet<>();
    for (String column : section.get(key)) {
      if (!seen.add(column)) {
        throw section.problem(key, "names " + column + " twice", "Name each column once.");
      }
    }
    return List.copyOf(section.get(key));
  }
}
