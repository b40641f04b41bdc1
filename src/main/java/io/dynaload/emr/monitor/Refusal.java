package io.dynaload.emr.monitor;

import io.dynaload.error.ErrorCode;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Why AWS does not answer. The status says little: EMR has 400 for a mistake, for a right that is
 * missing, for credentials that have expired and for too many calls.
 */
enum Refusal {
  THROTTLED(
      ErrorCode.INTERNAL, "Too much is asked of this account: look less often, by --interval."),
  CREDENTIALS(ErrorCode.INTERNAL, "Renew the credentials, and check the clock of this machine."),
  DENIED(ErrorCode.CONFIGURATION, "Whoever watches needs the rights of docs/iam.md, \"Watching\"."),
  MISTAKE(ErrorCode.CONFIGURATION, "Check the cluster's id, the step's and the region."),
  UNREACHED(ErrorCode.INTERNAL, "Check the network, the region and the credentials.");

  private static final Set<String> OF_CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "IncompleteSignature",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private final ErrorCode code;
  private final String remedy;

  Refusal(ErrorCode code, String remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  ErrorCode code() {
    return code;
  }

  String remedy() {
    return remedy;
  }

  static Refusal of(@Nullable Throwable failure) {
    if (!(failure instanceof AwsServiceException refused)) {
      return UNREACHED;
    }
    if (refused.isThrottlingException()) {
      return THROTTLED;
    }
    String name =
        refused.awsErrorDetails() == null
            ? ""
            : Objects.requireNonNullElse(refused.awsErrorDetails().errorCode(), "");
    if (OF_CREDENTIALS.contains(name)) {
      return CREDENTIALS;
    }
    if (refused.statusCode() == 403 || name.contains("AccessDenied") || name.contains("NotAuth")) {
      return DENIED;
    }
    return refused.statusCode() / 100 == 4 ? MISTAKE : UNREACHED;
  }
}
