package io.dynaload.source.lindorm;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
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
  private static final int REASON_LENGTH = 300;

  private Failures() {}

  static boolean isLoginRefused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && LOGIN_REFUSED.matcher(message).find()) {
        return true;
      }
    }
    return false;
  }

  static ImportException loginRefused(LindormConfig config) {
    return new ImportException(
        ErrorCode.CONFIGURATION,
        "Lindorm at " + config.access().url().address() + " refuses the login",
        "Check username and password, and that the user may read database "
            + config.access().database()
            + ".");
  }

  /** Says why no connection could be opened; tries the address once more, without the driver. */
  static ImportException unreachable(LindormConfig config, Throwable failure) {
    LindormUrl url = config.access().url();
    String reason;
    try (Socket probe = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(url.host(), url.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(url.host());
      }
      probe.connect(address, PROBE_MILLIS);
      reason = "something answers there, but it does not speak the protocol of Lindorm's driver";
    } catch (UnknownHostException e) {
      reason = "the host is not known";
    } catch (SocketTimeoutException e) {
      reason = "nothing answers within " + PROBE_MILLIS / 1_000 + " s";
    } catch (IOException e) {
      reason = "the connection is refused";
    }
    return new ImportException(
        ErrorCode.SOURCE,
        "Lindorm at " + url.address() + " cannot be reached: " + reason,
        "Check the url, that the instance is running, and that its whitelist and the network let"
            + " this machine in.",
        failure);
  }

  static ImportException inspectionFailed(LindormConfig config, Throwable failure) {
    return new ImportException(
        ErrorCode.SOURCE,
        "Lindorm at "
            + config.access().url().address()
            + " failed while table "
            + config.filter().table()
            + " was looked at: "
            + reason(failure),
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
