package io.dynaload.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement as the embedded Lindorm received it.
 *
 * @param sql the text as the client sent it
 * @param parameters the bound values as types of the JDK; a TIMESTAMP is a LocalDateTime
 * @param rowsSent the rows that left the server for it so far
 */
public record ReceivedStatement(String sql, List<@Nullable Object> parameters, long rowsSent) {

  /** From what crosses the class loaders' border: SQL, list of parameters, number of rows. */
  @SuppressWarnings("unchecked")
  static ReceivedStatement of(List<Object> statement) {
    return new ReceivedStatement(
        (String) statement.get(0),
        (List<@Nullable Object>) statement.get(1),
        (Long) statement.get(2));
  }
}
