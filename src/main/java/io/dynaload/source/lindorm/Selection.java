package io.dynaload.source.lindorm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every statement over one split selects: its columns, and the condition that the rows must
 * meet whatever their place in the key.
 *
 * @param hints sent with every statement
 * @param columns those that become attributes first, then the key columns that paging needs besides
 * @param attributes how many of the columns become attributes
 * @param filter conditions on the timestamp column; empty where the range of the split is one of it
 * @param where a further condition that the file gives; null for none
 */
record Selection(
    List<String> hints,
    String table,
    List<String> columns,
    int attributes,
    List<Condition> filter,
    @Nullable String where) {

  static Selection of(LindormConfig config, List<String> attributes, LindormSplit split) {
    List<String> columns = new ArrayList<>(attributes);
    split.key().stream()
        .map(KeyColumn::name)
        .filter(name -> !attributes.contains(name))
        .forEach(columns::add);
    return new Selection(
        Hints.of(config.splits()),
        config.filter().table(),
        List.copyOf(columns),
        attributes.size(),
        filter(config.filter(), split),
        config.filter().where());
  }

  private static List<Condition> filter(FilterConfig filter, LindormSplit split) {
    String timestamp = filter.timestampColumn();
    if (split.isSliceOf(timestamp)) {
      return List.of();
    }
    TimestampRange range = filter.range();
    ColumnType type = range.encoding().columnType();
    return List.of(
        new Condition(timestamp, Condition.Operator.AT_LEAST, type, range.lower()),
        new Condition(timestamp, Condition.Operator.LESS, type, range.upper()));
  }

  /** The filter's condition of this kind on a column. */
  Optional<Condition> filter(String column, Condition.Operator operator) {
    return filter.stream()
        .filter(condition -> condition.column().equals(column))
        .filter(condition -> condition.operator() == operator)
        .findFirst();
  }

  PageQuery page(List<Condition> conditions, List<KeyColumn> order, int limit) {
    List<Condition> all = new ArrayList<>(conditions);
    all.addAll(filter);
    return new PageQuery(hints, table, columns, List.copyOf(all), where, order, limit);
  }
}
