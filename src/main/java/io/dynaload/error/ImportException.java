package io.dynaload.error;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.jspecify.annotations.Nullable;

/**
 * A classified failure that ends the run: what is wrong and where (the message) and what to do
 * about it (the remedy). Flink never restarts a job for it, so throw it only for what a restart
 * cannot mend; anything else travels as the exception it is and uses up the restart strategy.
 *
 * <p>Message and remedy are shown to the user as they are, so neither may hold a secret or an
 * item's values.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String remedy;

  public ImportException(ErrorCode code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public ImportException(ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.remedy = remedy;
  }

  public ErrorCode code() {
    return code;
  }

  /** What the user can do; one or two sentences. */
  public String remedy() {
    return remedy;
  }

  /** The message, never null. */
  public String problem() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }
}
