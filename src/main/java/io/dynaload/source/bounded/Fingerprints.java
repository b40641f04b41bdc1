package io.dynaload.source.bounded;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;

/** Holds a checkpoint against the configuration that is to go on from it. */
public final class Fingerprints {
  private Fingerprints() {}

  /**
   * @throws ImportException (CONFIGURATION) if the checkpoint is of another configuration
   */
  public static void check(String ofCheckpoint, String ofFile) {
    if (!ofCheckpoint.equals(ofFile)) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The checkpoint was made while reading "
              + ofCheckpoint
              + ", but the file now says "
              + ofFile,
          "Resume with the source as it was, or start a new run without --resume.");
    }
  }
}
