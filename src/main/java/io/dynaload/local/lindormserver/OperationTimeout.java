package io.dynaload.local.lindormserver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fails SELECTs that would look at more rows than a test allows, as if they had run into the
 * operation's timeout. Counted are the rows that LindormTable reads from storage: those of the
 * range that the conditions leave of the key, in the order of the statement, up to the last one
 * that LIMIT asks for; rows that a filter on other columns drops count as well. The hint {@code
 * _l_operation_timeout_} changes nothing. The text of the failure is a guess: Lindorm's is not
 * documented. Safe for use by many threads.
 */
final class OperationTimeout {
  private static final String SQL_STATE = "HYT00";

  private final Database database;
  private final AtomicLong failed = new AtomicLong();
  private volatile long mostRows = Long.MAX_VALUE;

  OperationTimeout(Database database) {
    this.database = database;
  }

  void failBeyond(long rows) {
    mostRows = rows;
  }

  /** How many statements have failed so. */
  long failed() {
    return failed.get();
  }

  void check(String sql, List<@Nullable Object> parameters) {
    long most = mostRows;
    List<Token> tokens = Token.split(sql);
    if (most == Long.MAX_VALUE || tokens.isEmpty() || !tokens.get(0).is("SELECT")) {
      return;
    }
    SelectStatement select = SelectStatement.parse(tokens, parameters);
    TableKey key = database.storageKey(select.table(), select.hints().index());
    if (!key.isEmpty() && scansMoreThan(most, select, key, parameters)) {
      failed.incrementAndGet();
      throw new RefusedException(
          "Operation timeout: the statement has not ended after its time of 120000 ms", SQL_STATE);
    }
  }

  private boolean scansMoreThan(
      long most, SelectStatement select, TableKey key, List<@Nullable Object> parameters) {
    Long limit = select.window().limit();
    Long offset = select.window().offset();
    long wanted = limit == null ? Long.MAX_VALUE : limit + (offset == null ? 0 : offset);
    List<@Nullable Object> values = new ArrayList<>();
    String query = query(select, key, parameters, values) + " LIMIT " + (most + 1);
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      long scanned = 0;
      try (ResultSet rows = statement.executeQuery()) {
        for (long found = 0; found < wanted && rows.next(); scanned++) {
          found += rows.getBoolean(1) ? 1 : 0;
        }
      }
      return scanned > most;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** Each row of the key's range, and of each whether the statement takes it. */
  private static String query(
      SelectStatement select,
      TableKey key,
      List<@Nullable Object> parameters,
      List<@Nullable Object> values) {
    SelectStatement.Text text = select.text();
    String taken = text.where().isEmpty() ? "TRUE" : Clauses.sql(text.where(), parameters, values);
    String from = Clauses.sql(text.from(), parameters, values);
    String range =
        Conditions.conjuncts(text.where()).stream()
            .filter(term -> limitsTheScan(Conditions.of(term), select.conditions(), key))
            .map(term -> "(" + Clauses.sql(term, parameters, values) + ")")
            .collect(Collectors.joining(" AND "));
    String order =
        text.order().isEmpty()
            ? "BY " + key.order()
            : Clauses.sql(text.order(), parameters, values);
    return "SELECT ("
        + taken
        + ") FROM "
        + from
        + (range.isEmpty() ? "" : " WHERE " + range)
        + " ORDER "
        + order;
  }

  /** A term does if all that it confines is where the key goes on after what is held equal. */
  private static boolean limitsTheScan(Conditions term, Conditions all, TableKey key) {
    int reached = key.ordered(all) ? key.equalPrefix(all) : -1;
    List<String> used = new ArrayList<>();
    for (int i = 0; i <= Math.min(reached, key.columns().size() - 1); i++) {
      used.add(key.columns().get(i).name().toLowerCase(Locale.ROOT));
    }
    return !term.columns().isEmpty() && used.containsAll(term.columns());
  }
}
