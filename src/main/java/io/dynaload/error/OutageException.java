package io.dynaload.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure of the source or the target that may pass: Flink's restart strategy decides how often
 * it is tried again. If it does not pass, the run ends with the code, the message and the remedy of
 * the outermost of these.
 */
public final class OutageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String remedy;

  public OutageException(ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.remedy = remedy;
  }

  /** What it becomes when no restart has mended it. */
  public ImportException lasting() {
    return new ImportException(code, String.valueOf(getMessage()), remedy, this);
  }
}
