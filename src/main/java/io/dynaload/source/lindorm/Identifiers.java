package io.dynaload.source.lindorm;

/** Names of tables and columns in SQL: always quoted, so that a reserved word is no surprise. */
final class Identifiers {
  private Identifiers() {}

  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
