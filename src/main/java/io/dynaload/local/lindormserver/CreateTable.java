package io.dynaload.local.lindormserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lindorm's {@code CREATE TABLE t(…, PRIMARY KEY(hash32(a), a, b DESC))}, of which H2 knows neither
 * the hash nor the direction.
 *
 * @param table the name, in lower case
 * @param key as declared
 * @param sql the same statement for H2
 */
record CreateTable(String table, TableKey key, String sql) {
  private static final Pattern KEY =
      Pattern.compile("PRIMARY\\s+KEY\\s*\\(", Pattern.CASE_INSENSITIVE);
  private static final Pattern TABLE =
      Pattern.compile(
          "\\s*CREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?[\"`]?(\\w+)[\"`]?\\s*\\(.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Empty for any other statement, and for a table whose key is not a clause of its own. */
  static Optional<CreateTable> parse(String sql) {
    Matcher named = TABLE.matcher(sql);
    Matcher clause = KEY.matcher(sql);
    if (!named.matches() || !clause.find()) {
      return Optional.empty();
    }
    List<Token> rest = Token.split(sql.substring(clause.end() - 1));
    List<TableKey.Column> columns = new ArrayList<>();
    List<String> hashed = new ArrayList<>();
    for (List<Token> part :
        Clauses.split(rest.subList(1, Clauses.closing(rest, 0)), token -> token.isSymbol(","))) {
      if (part.get(0).is("HASH32")) {
        part.stream().skip(1).filter(Token::isName).map(Token::text).forEach(hashed::add);
      } else {
        boolean descending = part.get(part.size() - 1).is("DESC");
        columns.add(new TableKey.Column(part.get(0).text(), descending));
      }
    }
    String plain =
        columns.stream()
            .map(column -> '"' + column.name() + '"')
            .collect(Collectors.joining(", ", "(", ")"));
    return Optional.of(
        new CreateTable(
            named.group(1).toLowerCase(Locale.ROOT),
            new TableKey(List.copyOf(columns), List.copyOf(hashed)),
            sql.substring(0, clause.end() - 1) + plain + sql.substring(end(sql, clause.end()))));
  }

  /** Past the parenthesis that closes the one before {@code from}. */
  private static int end(String sql, int from) {
    int depth = 1;
    int at = from;
    while (depth > 0 && at < sql.length()) {
      char c = sql.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return at;
  }
}
