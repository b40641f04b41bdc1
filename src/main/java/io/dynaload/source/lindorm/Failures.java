package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.error.OutageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what the driver's failures mean. The driver throws checked and unchecked exceptions for the
 * same thing, often without a message of their own, so the whole chain of causes is searched.
 */
final class Failures {
  private static final int PROBE_MILLIS = 3_000;
  private static final Pattern LOGIN_REFUSED =
      Pattern.compile(
          "access denied|authenticat|(wrong|invalid|incorrect) (user|password|login)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SERVER_REASON =
      Pattern.compile("(?:Exception|Error): (?!.*(?:Exception|Error): )(.+)");

  /** All that Lindorm's driver says of a connection that broke and did not open again. */
  private static final Pattern DRIVERS_RETRIES =
      Pattern.compile("retries \\(\\d+\\) exceeded maximum allowed \\(\\d+\\)");

  private static final int REASON_LENGTH = 300;
  private static final Pattern REFUSED = Pattern.compile("(42|28).{3}");

  /** ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED. */
  private static final Set<Integer> QUOTAS = Set.of(1203, 1226);

  private Failures() {}

  static boolean isLoginRefused(Throwable failure) {
    return any(
        failure,
        cause -> {
          String message = cause.getMessage();
          return (message != null && LOGIN_REFUSED.matcher(message).find())
              || (cause instanceof SQLException sql && "28000".equals(sql.getSQLState()));
        });
  }

  /** By MySQL's numbers: ER_BAD_DB_ERROR, and ER_DBACCESS_DENIED_ERROR of a user without rights. */
  static boolean isUnknownDatabase(Throwable failure) {
    return any(
        failure,
        cause ->
            cause instanceof SQLException sql
                && (sql.getErrorCode() == 1049 || sql.getErrorCode() == 1044));
  }

  /** Whether the connection, not the statement, is what failed, as MySQL's driver tells it. */
  static boolean isConnectionLost(Throwable failure) {
    return any(
        failure,
        cause ->
            cause instanceof IOException
                || (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("08")));
  }

  /**
   * Whether only one value of a row could not be had: SQL states of the class 22 (data), and
   * Connector/J's own for a time that none of Java's types holds.
   */
  static boolean isConversion(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("22") || state.equals("S1009");
  }

  /**
   * Whether the server answered that it will not run the statement: SQL states of the classes 42
   * (no such table or column, syntax, no right to read) and 28 (no access). To repeat it is no use,
   * except where MySQL reports so that the user has too many connections or has spent an hourly
   * quota.
   */
  static boolean isRefused(Throwable failure) {
    return any(
        failure,
        cause ->
            cause instanceof SQLException sql
                && sql.getSQLState() != null
                && REFUSED.matcher(sql.getSQLState()).matches()
                && !QUOTAS.contains(sql.getErrorCode()));
  }

  /** What ends a run whose statement the server will not run any more. */
  static ImportException refused(AccessConfig access, String what, Throwable failure) {
    return new ImportException(
        ErrorCode.SOURCE,
        server(access) + " refuses to go on with " + what + ": " + reason(failure),
        "See whether the table is still there, with its columns, and the user may still read it;"
            + " then --resume latest goes on from the last checkpoint.",
        failure);
  }

  /** What ends a run that cannot find out where a table's key begins and ends. */
  static ImportException endsRefused(AccessConfig access, String column, Throwable failure) {
    return new ImportException(
        ErrorCode.SOURCE,
        server(access)
            + " refuses to tell the least or the greatest value of "
            + column
            + ": "
            + reason(failure),
        "Say where to cut the table: boundaries: […] with values of "
            + column
            + ", or key-values: […]; then nobody has to ask for them.",
        failure);
  }

  private static boolean any(Throwable failure, Predicate<Throwable> test) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (test.test(cause)) {
        return true;
      }
    }
    return false;
  }

  static ImportException loginRefused(AccessConfig access) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        server(access) + " refuses the login",
        "Check username and password, and that the user may read database "
            + access.database()
            + ".");
  }

  static ImportException unknownDatabase(AccessConfig access) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        server(access) + " has no database " + access.database() + " that this user may read",
        "Correct the database, in the url or under database, or the user's rights.");
  }

  /** What may pass: Flink restarts the job for it, as often as the file allows. */
  static OutageException outage(AccessConfig access, Exception failure) {
    return new OutageException(
        ErrorCode.SOURCE,
        server(access) + ": " + told(access, String.valueOf(failure.getMessage())),
        "See that the server answers. --resume latest goes on from the last checkpoint.",
        failure);
  }

  private static String server(AccessConfig access) {
    return access.dialect().product() + " at " + access.url().address();
  }

  private static String told(AccessConfig access, String message) {
    Matcher retries = DRIVERS_RETRIES.matcher(message);
    return retries.find()
        ? retries.replaceAll(
            Matcher.quoteReplacement(
                probe(access).orElse("the connection broke; by now something answers again")))
        : message;
  }

  /** Tries the address without the driver: why it does not answer, empty if it does. */
  private static Optional<String> probe(AccessConfig access) {
    LindormUrl.Server server = access.url().server();
    try (Socket probe = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(server.host());
      }
      probe.connect(address, PROBE_MILLIS);
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of("the host is not known");
    } catch (SocketTimeoutException e) {
      return Optional.of("nothing answers within " + PROBE_MILLIS / 1_000 + " s");
    } catch (IOException e) {
      return Optional.of("the connection is refused");
    }
  }

  /** Says why no connection could be opened; tries the address once more, without the driver. */
  static ImportException unreachable(AccessConfig access, Throwable failure) {
    String reason =
        probe(access)
            .orElseGet(
                () ->
                    access.dialect().opensWithSecretsInMessages()
                        ? "something answers there, but it does not speak the protocol of Lindorm's"
                            + " driver"
                        : reason(failure));
    return new ImportException(
        ErrorCode.SOURCE,
        server(access) + " cannot be reached: " + reason,
        "Check the url, that the instance is running, and that its whitelist and the network let"
            + " this machine in.",
        failure);
  }

  static ImportException inspectionFailed(AccessConfig access, String what, Throwable failure) {
    return new ImportException(
        ErrorCode.SOURCE,
        server(access) + " failed while " + what + " was looked at: " + reason(failure),
        "Try again; if it stays so, check that the user may read the table.",
        failure);
  }

  /**
   * What the server gave as its reason, in one line. The driver's exception of a prepared statement
   * tells it only when it is printed.
   */
  static String reason(Throwable failure) {
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed, true));
    Matcher matcher = SERVER_REASON.matcher(printed.toString());
    String reason = String.valueOf(failure.getMessage());
    while (matcher.find()) {
      reason = matcher.group(1);
    }
    String line = reason.lines().findFirst().orElse("").strip();
    return line.length() > REASON_LENGTH ? line.substring(0, REASON_LENGTH) + "…" : line;
  }
}
