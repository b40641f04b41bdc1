package io.dynaload.source.scan;

import io.dynaload.aws.AwsClients;
import io.dynaload.aws.AwsConfig;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.error.OutageException;
import io.dynaload.wire.Failure;
import java.time.Duration;
import java.util.Set;

/** Words what ends a run because of its source: which table, what it said, and what to do. */
final class ScanErrors {
  private static final Set<String> DENIED =
      Set.of("AccessDeniedException", "AccessDenied", "NotAuthorized", "OptInRequired");

  private static final String MISSING = "ResourceNotFoundException";

  private final AwsConfig aws;
  private final String what;

  /**
   * @param what is read: "the table t"
   */
  ScanErrors(AwsConfig aws, String what) {
    this.aws = aws;
    this.what = what;
  }

  /** "us-west-2, https://dynamodb.us-west-2.amazonaws.com". */
  static String place(AwsConfig aws) {
    return AwsClients.region(aws) + ", " + AwsClients.dynamoDbEndpoint(aws);
  }

  private String source() {
    return what + " (" + place(aws) + ")";
  }

  /** An answer that would be the same again. */
  ImportException refused(Failure failure) {
    if (failure.kind() == Failure.Kind.INVALID) {
      return new ImportException(
          ErrorCode.CONFIGURATION,
          source() + " cannot be scanned as source says: " + failure.message(),
          "Correct source.filter, source.projection, source.expression-names or"
              + " source.expression-values.",
          failure.cause());
    }
    if (failure.code().startsWith("HTTP ")) {
      return new ImportException(
          ErrorCode.SOURCE,
          source() + ": the answer is not DynamoDB's: " + failure,
          "Check source.endpoint: no DynamoDB answers there.",
          failure.cause());
    }
    boolean missing = failure.code().equals(MISSING);
    return new ImportException(
        missing ? ErrorCode.CONFIGURATION : ErrorCode.SOURCE,
        missing ? source() + " does not exist: " + failure : source() + ": " + failure,
        remedy(failure),
        failure.cause());
  }

  /** The same of a table that was there when the import began. */
  ImportException refusedAgain(Failure failure) {
    return failure.code().equals(MISSING)
        ? new ImportException(
            ErrorCode.SOURCE,
            source() + " was found when the import began, and does not exist any more",
            "Put it back, or start anew without --resume.",
            failure.cause())
        : refused(failure);
  }

  /** The same while the job runs: what it reads was there, and could be scanned, when it began. */
  ImportException failed(Failure failure) {
    if (failure.kind() == Failure.Kind.INVALID) {
      return new ImportException(
          ErrorCode.SOURCE,
          source() + " cannot be scanned any more: " + failure.message(),
          "The table, or its index, was changed during the run. If it was only that, put it back"
              + " and go on with --resume latest.",
          failure.cause());
    }
    return failure.code().equals(MISSING)
        ? new ImportException(
            ErrorCode.SOURCE,
            source() + ": " + failure,
            "The table was deleted during the run.",
            failure.cause())
        : refused(failure);
  }

  /** No answer from where the table should be. */
  ImportException unreachable(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return new ImportException(
        ErrorCode.SOURCE,
        source()
            + " cannot be reached: "
            + (message == null ? root.getClass().getSimpleName() : message),
        "Check source.region, source.endpoint and the credentials, and that this machine may"
            + " connect to it.",
        cause);
  }

  /** Calls that might succeed, but have not for long. */
  OutageException outage(Duration lasted, Failure last) {
    return new OutageException(
        ErrorCode.SOURCE,
        source()
            + ": nothing could be read for "
            + lasted.toMinutes()
            + " minutes; the last call failed with "
            + last,
        (last.kind() == Failure.Kind.THROTTLED
                ? "Give the table more read capacity, or find out what else uses it up."
                : "Check that DynamoDB can be reached from where the job runs.")
            + " Nothing was lost: --resume latest goes on from the last checkpoint.",
        last.cause());
  }

  private static String remedy(Failure failure) {
    String code = failure.code();
    if (code.equals(MISSING)) {
      return "Correct the table's name, source.region, source.endpoint or the credentials.";
    }
    if (DENIED.contains(code)) {
      return "Allow dynamodb:DescribeTable and dynamodb:Scan on the table, and on its indexes if"
          + " source.index names one (for a pattern also dynamodb:ListTables), to the identity that"
          + " the import runs as, or set source.role-arn.";
    }
    if (failure.isOfCredentials() || code.equals("NoCredentials")) {
      return "Give valid AWS credentials in the environment, a profile or the instance's role, or"
          + " set source.role-arn or source.profile.";
    }
    return "Look the error up in DynamoDB's documentation; nothing was lost: what was not written"
        + " is read again when the import is resumed.";
  }
}
