package io.dynaload.pipeline;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.error.OutageException;
import org.apache.flink.util.SerializedThrowable;

/** Finds, in what Flink says of a failed job, what a user should be told. */
final class JobFailures {
  private JobFailures() {}

  /**
   * The first classified failure from the outside in, or an INTERNAL one that names the innermost
   * cause.
   */
  static ImportException classified(Throwable failure, ClassLoader classLoader) {
    Throwable cause = failure;
    Throwable innermost = failure;
    while (cause != null) {
      if (cause instanceof SerializedThrowable serialized) {
        cause = serialized.deserializeError(classLoader);
      }
      if (cause instanceof ImportException classified) {
        return classified;
      }
      if (cause instanceof OutageException outage) {
        return outage.lasting();
      }
      innermost = cause;
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
    return new ImportException(
        ErrorCode.INTERNAL,
        "The job failed: " + oneLine(innermost),
        "Its restarts are used up. --resume latest goes on from the last checkpoint; --verbose shows"
            + " where it failed.",
        failure);
  }

  private static String oneLine(Throwable failure) {
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return text.lines().findFirst().orElse(failure.getClass().getName());
  }
}
