package io.dynaload.source.lindorm;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a statement that took too long from a connection that broke. The text of Lindorm's own
 * message is not documented, so any that speaks of a timeout counts.
 */
final class Timeouts {
  /** MySQL's max_execution_time, and MariaDB's max_statement_time. */
  private static final Set<Integer> CODES = Set.of(3024, 1969);

  /** The SQL that Lindorm's driver or MySQL's parser repeats, our hint, and names in quotes. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?s:while preparing SQL: .*)|near '(?s:.*)'|_l_operation_timeout_|([`'\"])\\S*?\\1");

  /** In words, or as the name of an exception or an error; not the begin of a column's name. */
  private static final Pattern SAID =
      Pattern.compile("timed?[ -]?out(exception)?(?![a-z0-9_])", Pattern.CASE_INSENSITIVE);

  private Timeouts() {}

  /** Whether the server, or the wait for it, gave up the statement that failed so. */
  static boolean isTimeout(Throwable failure) {
    boolean timeout = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isConnecting(cause)) {
        return false;
      }
      timeout |= says(cause);
    }
    return timeout || speaksOfTimeout(Failures.reason(failure));
  }

  private static boolean says(Throwable cause) {
    return cause instanceof SocketTimeoutException
        || cause instanceof SQLTimeoutException
        || (cause instanceof SQLException sql && CODES.contains(sql.getErrorCode()))
        || (cause.getMessage() != null && speaksOfTimeout(cause.getMessage()));
  }

  /** What the message quotes does not count: our own SQL may hold a hint or a name that says so. */
  private static boolean speaksOfTimeout(String message) {
    return SAID.matcher(QUOTED.matcher(message).replaceAll(" ")).find();
  }

  /** The statement has not reached the server: asking for less would not help. */
  private static boolean isConnecting(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return cause.getClass().getSimpleName().startsWith("ConnectTimeout")
        || cause.getClass().getSimpleName().startsWith("ConnectionRequestTimeout")
        || message.contains("connect timed out")
        || message.contains("connect timeout");
  }
}
