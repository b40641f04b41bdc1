package io.dynaload.pipeline;

/**
 * What became of a job cannot be found out in this process; it may well run on. No end of the run:
 * the next attempt at it may find out.
 */
final class JobOutOfSightException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JobOutOfSightException(String message, Throwable cause) {
    super(message, cause);
  }
}
