package io.dynaload.source.storage;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.OutageException;
import java.io.IOException;
import java.io.InterruptedIOException;

/** What becomes of a failure of a {@link Storage} that may pass, in a job. */
public final class StorageOutage {
  private StorageOutage() {}

  /**
   * The failure of the source that it is, for the job's restarts to decide on.
   *
   * @throws InterruptedIOException if it is that: the job ends, and nothing failed
   */
  public static OutageException of(IOException failure) throws InterruptedIOException {
    if (failure instanceof InterruptedIOException interrupted) {
      throw interrupted;
    }
    return new OutageException(
        ErrorCode.SOURCE,
        String.valueOf(failure.getMessage()),
        "See that the files can be reached. --resume latest goes on from the last checkpoint.",
        failure);
  }
}
