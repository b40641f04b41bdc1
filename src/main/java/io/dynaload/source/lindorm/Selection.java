package io.dynaload.source.lindorm;

import java.util.ArrayList;
import java.util.List;

/**
 * What every statement over one table selects: its columns, the condition that the rows must meet
 * whatever their place in the key, and the size of a page.
 *
 * @param columns those that become attributes first, then the key columns that paging needs besides
 * @param attributes how many of the columns become attributes
 * @param filter conditions on the timestamp column; empty where it leads the key, because then the
 *     range of a split is the condition
 */
record Selection(
    String table, List<String> columns, int attributes, List<Condition> filter, int pageSize) {

  static Selection of(LindormConfig config, List<String> attributes, List<KeyColumn> key) {
    List<String> columns = new ArrayList<>(attributes);
    key.stream()
        .map(KeyColumn::name)
        .filter(name -> !attributes.contains(name))
        .forEach(columns::add);
    return new Selection(
        config.filter().table(),
        List.copyOf(columns),
        attributes.size(),
        filter(config, key),
        config.splits().pageSize());
  }

  private static List<Condition> filter(LindormConfig config, List<KeyColumn> key) {
    String timestamp = config.filter().timestampColumn();
    if (key.get(0).name().equals(timestamp)) {
      return List.of();
    }
    TimestampRange range = config.filter().range();
    return List.of(
        condition(timestamp, Condition.Operator.AT_LEAST, new KeyValue.Timestamp(range.from())),
        condition(timestamp, Condition.Operator.LESS, new KeyValue.Timestamp(range.to())));
  }

  private static Condition condition(String column, Condition.Operator operator, KeyValue value) {
    return new Condition(column, operator, ColumnType.TIMESTAMP, value);
  }

  PageQuery page(List<Condition> conditions, List<KeyColumn> order) {
    List<Condition> all = new ArrayList<>(conditions);
    all.addAll(filter);
    return new PageQuery(table, columns, List.copyOf(all), order, pageSize);
  }
}
