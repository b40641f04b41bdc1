package io.dynaload.source.storage;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells what may pass from what does not; Amazon S3's API reference, "Error responses". */
final class S3Failures {
  private S3Failures() {}

  /**
   * Returns if it is worth trying again.
   *
   * @throws ImportException (SOURCE), with the failure as its cause, if it is not
   */
  static void throwIfFinal(String uri, Exception failure) {
    if (failure instanceof S3Exception answer) {
      throwIfRefused(uri, answer);
    } else if (failure instanceof AwsServiceException answer) {
      throwIfRoleRefused(uri, answer);
    } else if (failure instanceof SdkClientException client && !mayPass(client)) {
      throw new ImportException(
          ErrorCode.SOURCE,
          uri + " cannot be asked for: " + failure.getMessage(),
          "Check the credentials, the region and the endpoint.",
          failure);
    }
  }

  private static boolean mayPass(SdkClientException failure) {
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return true;
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return failure.retryable();
  }

  /** Another service than S3 is asked for credentials only. */
  private static void throwIfRoleRefused(String uri, AwsServiceException answer) {
    if (answer.statusCode() < 500 && !answer.isThrottlingException()) {
      throw failure(
          uri
              + " cannot be asked for, as role-arn cannot be assumed ("
              + code(answer)
              + "): "
              + said(answer),
          "The role's trust policy must name who runs this, who needs sts:AssumeRole.",
          answer);
    }
  }

  private static String code(AwsServiceException answer) {
    return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
        ? "status " + answer.statusCode()
        : answer.awsErrorDetails().errorCode();
  }

  private static void throwIfRefused(String uri, S3Exception answer) {
    int status = answer.statusCode();
    String code = code(answer);
    boolean mayPass =
        status >= 500
            || status == 429
            || status == 408
            || answer.isThrottlingException()
            || code.equals("RequestTimeout")
            || code.equals("ExpiredToken");
    if (!mayPass) {
      throw refused(uri, status, code, answer);
    }
  }

  private static ImportException refused(String uri, int status, String code, S3Exception answer) {
    if (code.equals("NoSuchBucket")) {
      return failure(uri + ": S3 has no such bucket", "Check the bucket's name.", answer);
    }
    if (code.equals("InvalidObjectState")) {
      return failure(
          uri + " is archived, so S3 does not give it out",
          "Restore it from its archive tier, then resume.",
          answer);
    }
    Optional<String> region = bucketsRegion(answer);
    if (region.isPresent() && (status == 301 || status == 307 || status == 400)) {
      return failure(
          uri + " is in the region " + region.get() + ", and was asked for in another",
          "Set region: " + region.get() + ", and leave endpoint out or set it to that region's.",
          answer);
    }
    return switch (status) {
      case 404 -> withCause(Losses.vanished(uri), answer);
      case 412 -> withCause(Losses.changed(uri), answer);
      case 403 ->
          failure(
              "S3 refuses the access to " + uri + " (" + code + ")",
              "The credentials, or role-arn, need s3:GetObject, s3:ListBucket, and kms:Decrypt for"
                  + " objects that a KMS key encrypts; a bucket may also demand requester-pays.",
              answer);
      case 301, 307 ->
          failure(
              uri + " is in another region than the client", "Set region to the bucket's.", answer);
      default ->
          failure(
              "S3 refuses the request for " + uri + " (" + code + "): " + said(answer),
              "Check the bucket, its policy, the region and the endpoint.",
              answer);
    };
  }

  /** S3 tells it of a bucket that is in another region than it was asked for in. */
  private static Optional<String> bucketsRegion(S3Exception answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
  }

  private static String said(AwsServiceException answer) {
    return answer.awsErrorDetails() == null
        ? String.valueOf(answer.getMessage())
        : String.valueOf(answer.awsErrorDetails().errorMessage());
  }

  private static ImportException withCause(ImportException e, S3Exception cause) {
    return new ImportException(e.code(), e.problem(), e.remedy(), cause);
  }

  private static ImportException failure(String problem, String remedy, AwsServiceException cause) {
    return new ImportException(ErrorCode.SOURCE, problem, remedy, cause);
  }
}
