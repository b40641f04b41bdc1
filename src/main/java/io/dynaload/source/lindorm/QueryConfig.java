package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.util.stream.Collectors;

/**
 * What the file says of a source that is a whole SELECT.
 *
 * @param query sent as it stands
 */
record QueryConfig(AccessConfig access, String query, PageConfig pages, TypesConfig types)
    implements Serializable {

  static final Key<String> QUERY =
      Key.parsed(
              "query", "a SELECT", "SELECT * FROM readings WHERE site = 'north'", SqlText::select)
          .describedAs(
              "A whole SELECT, in place of table, timestamp-column, from, to and all that belongs"
                  + " to them. It is read by one reader, and from its beginning when an import goes"
                  + " on; see the manual's page on Lindorm for what is lost.");

  static QueryConfig of(Section section) {
    String contradicting =
        FilterConfig.KEYS.and(SplitConfig.PLAN_KEYS).list().stream()
            .filter(section::has)
            .map(Key::name)
            .collect(Collectors.joining(", "));
    if (!contradicting.isEmpty()) {
      throw section.problem(
          QUERY,
          "cannot be combined with " + contradicting,
          "Leave these out and say it all in the query; or leave query out to read a table in"
              + " parallel.");
    }
    return new QueryConfig(
        AccessConfig.of(section),
        section.find(QUERY).orElseThrow(),
        PageConfig.of(section),
        TypesConfig.of(section));
  }
}
