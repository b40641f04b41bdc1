package io.dynaload.sink;

import io.dynaload.aws.AwsClients;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.wire.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Words what ends a run because of its target: which table, what it said, and what to do. */
final class TargetErrors {
  private static final Set<String> DENIED =
      Set.of("AccessDeniedException", "AccessDenied", "NotAuthorized", "OptInRequired");

  private static final Set<String> CREDENTIALS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "InvalidClientTokenId",
          "ExpiredToken",
          "ExpiredTokenException",
          "NoCredentials",
          "AuthFailure");

  private final DynamoDbSinkConfig config;

  TargetErrors(DynamoDbSinkConfig config) {
    this.config = config;
  }

  /** Which table, where: "the table t (us-west-2, https://dynamodb.us-west-2.amazonaws.com)". */
  String table() {
    return "the table "
        + config.table()
        + " ("
        + AwsClients.region(config.aws())
        + ", "
        + AwsClients.dynamoDbEndpoint(config.aws())
        + ")";
  }

  /** A call that would fail again. */
  ImportException failed(Failure failure) {
    return new ImportException(
        ErrorCode.TARGET, table() + ": " + failure, remedy(failure.code()), failure.cause());
  }

  /** A refusal before anything was written. */
  ImportException refused(Failure failure) {
    return failure.code().startsWith("HTTP ")
        ? notDynamoDb(failure.toString())
        : new ImportException(
            ErrorCode.TARGET,
            table() + ": " + failure,
            knownRemedy(failure.code())
                .orElse("Look the error up in DynamoDB's documentation; nothing was written yet."),
            failure.cause());
  }

  /** Something answered, but not as DynamoDB does. */
  ImportException notDynamoDb(String answer) {
    return new ImportException(
        ErrorCode.TARGET,
        table() + ": the answer is not DynamoDB's: " + answer,
        "Check sink.endpoint: no DynamoDB answers there.");
  }

  /** No answer from where the table should be. */
  ImportException unreachable(Throwable cause) {
    return new ImportException(
        ErrorCode.TARGET,
        table() + " cannot be reached: " + rootMessage(cause),
        "Check sink.region and sink.endpoint, and that this machine may connect to it.",
        cause);
  }

  /** Calls that might succeed, but have not for long: a restart would only wait as long again. */
  ImportException outage(Duration lasted, Failure last) {
    return new ImportException(
        ErrorCode.TARGET,
        table()
            + ": no write has succeeded for "
            + (lasted.toMinutes() > 1 ? lasted.toMinutes() + " minutes" : lasted.toSeconds() + " s")
            + "; the last call failed with "
            + last,
        (last.kind() == Failure.Kind.THROTTLED
                ? "Give the table more write capacity, or find out what else uses it up."
                : "Check that DynamoDB can be reached from where the job runs.")
            + " Nothing was lost: --resume latest goes on from the last checkpoint.",
        last.cause());
  }

  private String remedy(String code) {
    return knownRemedy(code)
        .orElse(
            "Look the error up in DynamoDB's documentation; nothing was lost: what was not written"
                + " is read again when the import is resumed.");
  }

  private Optional<String> knownRemedy(String code) {
    if (code.equals("ResourceNotFoundException")) {
      return Optional.of(
          "The table was deleted during the run, or was never there. Create it, or have it"
              + " created by sink.create-table.");
    }
    if (DENIED.contains(code)) {
      return Optional.of(
          "Allow dynamodb:DescribeTable and "
              + (config.writing().mode().isConditional()
                  ? "dynamodb:PutItem and dynamodb:DeleteItem"
                  : "dynamodb:BatchWriteItem")
              + " on the table (for"
              + " sink.create-table also dynamodb:CreateTable, and for its ttl-attribute"
              + " dynamodb:DescribeTimeToLive and dynamodb:UpdateTimeToLive) to the identity that"
              + " the import runs as, or set sink.role-arn.");
    }
    if (CREDENTIALS.contains(code)) {
      return Optional.of(
          "Give valid AWS credentials in the environment, a profile or the instance's role, or set"
              + " sink.role-arn.");
    }
    return Optional.empty();
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }
}
