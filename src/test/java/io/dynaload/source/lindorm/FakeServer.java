package io.dynaload.source.lindorm;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers statements and questions for metadata as it was told to, and refuses all others. */
final class FakeServer {
  private final Map<String, Answer> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  /** A table of texts. */
  private record Answer(List<String> labels, List<List<String>> rows) {}

  /**
   * @param question a statement, or the name of a method of DatabaseMetaData
   * @param labels divided by commas, as are the values of a row
   */
  FakeServer answering(String question, String labels, String... rows) {
    List<List<String>> values = new ArrayList<>();
    for (String row : rows) {
      values.add(List.of(row.split(",", -1)));
    }
    answers.put(question, new Answer(List.of(labels.split(",", -1)), values));
    return this;
  }

  /** What it was asked, in order. */
  List<String> asked() {
    return asked;
  }

  Connection connection() {
    return fake(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "createStatement" -> statement();
              case "getMetaData" -> metadata();
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  private Statement statement() {
    return fake(
        Statement.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "executeQuery" -> result(answer((String) arguments[0]));
              case "execute" -> answer((String) arguments[0]) != null;
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  private DatabaseMetaData metadata() {
    return fake(
        DatabaseMetaData.class, (proxy, method, arguments) -> result(answer(method.getName())));
  }

  private Answer answer(String question) throws SQLException {
    asked.add(question);
    Answer answer = answers.get(question);
    if (answer == null) {
      throw new SQLException("refused", "42000", 1064);
    }
    return answer;
  }

  private static ResultSet result(Answer answer) {
    int[] row = {-1};
    return fake(
        ResultSet.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "next" -> ++row[0] < answer.rows().size();
              case "getString" -> answer.rows().get(row[0]).get(column(answer, arguments[0]));
              case "getInt" ->
                  Integer.parseInt(answer.rows().get(row[0]).get(column(answer, arguments[0])));
              case "getMetaData" -> labels(answer);
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  private static int column(Answer answer, Object labelOrIndex) {
    return labelOrIndex instanceof Integer index
        ? index - 1
        : answer.labels().indexOf(labelOrIndex);
  }

  private static ResultSetMetaData labels(Answer answer) {
    return fake(
        ResultSetMetaData.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getColumnCount" -> answer.labels().size();
              case "getColumnLabel" -> answer.labels().get((Integer) arguments[0] - 1);
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    @Nullable Object proxy =
        Proxy.newProxyInstance(FakeServer.class.getClassLoader(), new Class<?>[] {type}, handler);
    return type.cast(proxy);
  }
}
