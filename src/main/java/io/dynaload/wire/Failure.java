package io.dynaload.wire;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Why a call failed, classified by the first rule that matches.
 *
 * @param code the service's error code, or the class of what was thrown
 * @param message the service's words; may name attributes
 * @param cause what was thrown, if the call got no answer
 */
public record Failure(Kind kind, String code, String message, @Nullable Throwable cause) {
  /** What to do about it. */
  public enum Kind {
    /** Send it again, later: the service, the table or a partition was asked for too much. */
    THROTTLED,
    /** Send it again, later: it may have been done or not. */
    RETRYABLE,
    /** What was sent is not valid. */
    INVALID,
    /** Sending it again would not help. */
    FATAL
  }

  private record Rule(Kind kind, Predicate<Received> matches) {}

  private record Received(int status, String code) {}

  /** Items that the service left undone in a call that it took. */
  public static final Failure UNPROCESSED =
      new Failure(Kind.THROTTLED, "UnprocessedItems", "for want of capacity", null);

  /** Codes are those of the API reference's "Common Errors", of the operations, and of STS. */
  private static final List<Rule> RULES =
      List.of(
          rule(
              Kind.THROTTLED,
              "ProvisionedThroughputExceededException",
              "ThrottlingException",
              "Throttling",
              "ThrottledException",
              "RequestThrottled",
              "RequestThrottledException",
              "RequestLimitExceeded",
              "TooManyRequestsException",
              "SlowDown"),
          rule(
              Kind.INVALID,
              "ValidationException",
              "SerializationException",
              "ItemCollectionSizeLimitExceededException"),
          rule(
              Kind.RETRYABLE,
              "ReplicatedWriteConflictException",
              "TransactionConflictException",
              "RequestTimeout",
              "RequestTimeoutException",
              "IDPCommunicationError"),
          new Rule(Kind.THROTTLED, received -> received.status() == 429),
          // 408: a server in between closes a connection that was idle, as the next call comes.
          new Rule(
              Kind.RETRYABLE, received -> received.status() >= 500 || received.status() == 408),
          new Rule(Kind.FATAL, received -> true));

  private static final Set<String> OF_CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "UnrecognizedClientException",
          "InvalidClientTokenId");

  private static Rule rule(Kind kind, String... codes) {
    Set<String> set = Set.of(codes);
    return new Rule(kind, received -> set.contains(received.code()));
  }

  /** Of an answer that is an error. */
  public static Failure answered(int status, String code, String message) {
    Received received = new Received(status, code);
    Kind kind =
        RULES.stream().filter(r -> r.matches().test(received)).findFirst().orElseThrow().kind();
    return new Failure(kind, code, withoutValues(message), null);
  }

  /** Of an error that the SDK read. */
  public static Failure of(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    String message = details == null ? null : details.errorMessage();
    return answered(
        e.statusCode(),
        code == null ? "HTTP " + e.statusCode() : code,
        message == null ? "" : message);
  }

  /**
   * No credentials to sign with. If there were some before, or who gives them cannot be reached,
   * there may be some later; a refusal is final.
   */
  public static Failure unsigned(Throwable cause, boolean wereThere) {
    if (cause instanceof AwsServiceException e) {
      Failure told = of(e);
      boolean mayPass = told.kind() == Kind.THROTTLED || told.kind() == Kind.RETRYABLE;
      return new Failure(mayPass ? Kind.RETRYABLE : Kind.FATAL, told.code(), told.message(), e);
    }
    boolean mayPass =
        wereThere || ExceptionUtils.findThrowable(cause, IOException.class).isPresent();
    return new Failure(
        mayPass ? Kind.RETRYABLE : Kind.FATAL,
        "NoCredentials",
        String.valueOf(cause.getMessage()),
        cause);
  }

  /** No answer, or one that cannot be read: a cut connection, a timeout. */
  public static Failure unanswered(Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    return new Failure(Kind.RETRYABLE, cause.getClass().getSimpleName(), message, cause);
  }

  /** An answer that could not be read: it may or may not have been done. */
  public static Failure garbled(String message) {
    return new Failure(Kind.RETRYABLE, "UnreadableAnswer", message, null);
  }

  /** Whether the service does not, or no longer, know who signed the call. */
  public boolean isOfCredentials() {
    return OF_CREDENTIALS.contains(code);
  }

  /** The same, to be sent again. */
  public Failure retryable() {
    return new Failure(Kind.RETRYABLE, code, message, cause);
  }

  /** The service ends this one message with the value that it refused. */
  private static String withoutValues(String message) {
    return message.replaceAll("(?s)(cannot be converted to a numeric value).*", "$1");
  }

  @Override
  public String toString() {
    return message.isEmpty() ? code : code + ": " + message;
  }
}
