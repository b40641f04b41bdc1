package io.dynaload.emr;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** What a user is told of a call that AWS does not answer, or refuses. */
final class AwsCalls {
  private AwsCalls() {}

  /**
   * The answer to a call.
   *
   * @param right to do this, as a policy names it
   */
  static <T> T answered(String right, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failed(right, e);
    }
  }

  static ImportException failed(String right, SdkException e) {
    return new ImportException(
        ErrorCode.TARGET,
        right + ": " + e.getMessage(),
        "Check the credentials of AWS, that they may do this, and the network.",
        e);
  }
}
