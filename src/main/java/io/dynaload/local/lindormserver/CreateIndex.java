package io.dynaload.local.lindormserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lindorm's {@code CREATE INDEX i ON t(a DESC, b) INCLUDE(c)}. What an index includes makes no
 * difference here: rows are always read whole.
 *
 * @param name in lower case
 * @param table in lower case
 * @param columns as declared
 */
record CreateIndex(String name, String table, List<TableKey.Column> columns) {
  /** Empty for any other statement. */
  static Optional<CreateIndex> parse(String sql) {
    List<Token> tokens = Token.split(sql);
    if (tokens.size() < 2 || !tokens.get(0).is("CREATE") || !tokens.get(1).is("INDEX")) {
      return Optional.empty();
    }
    int on = 0;
    while (on < tokens.size() && !tokens.get(on).is("ON")) {
      on++;
    }
    int open = on + 2;
    if (open >= tokens.size() || !tokens.get(open).isSymbol("(")) {
      return Optional.empty();
    }
    List<TableKey.Column> columns = new ArrayList<>();
    for (List<Token> part :
        Clauses.split(
            tokens.subList(open + 1, Clauses.closing(tokens, open)),
            token -> token.isSymbol(","))) {
      boolean descending = part.get(part.size() - 1).is("DESC");
      columns.add(new TableKey.Column(part.get(0).text(), descending));
    }
    return Optional.of(
        new CreateIndex(
            tokens.get(on - 1).text().toLowerCase(Locale.ROOT),
            tokens.get(on + 1).text().toLowerCase(Locale.ROOT),
            List.copyOf(columns)));
  }

  /** The statement for H2; index names there are those of the schema, not of the table. */
  String sql() {
    return "CREATE INDEX \"%s_%s\" ON \"%s\"(%s)"
        .formatted(table, name, table, new TableKey(columns, List.of()).order());
  }
}
