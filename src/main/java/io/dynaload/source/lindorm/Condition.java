package io.dynaload.source.lindorm;

/** One comparison of a column with a value that is bound as a parameter. */
record Condition(String column, Operator operator, ColumnType type, KeyValue value) {
  enum Operator {
    EQUAL("="),
    GREATER(">"),
    AT_LEAST(">="),
    LESS("<"),
    AT_MOST("<=");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }
  }

  static Condition on(KeyColumn column, Operator operator, KeyValue value) {
    return new Condition(column.name(), operator, column.type(), value);
  }

  String sql() {
    return Identifiers.quote(column) + " " + operator.sql + " ?";
  }
}
