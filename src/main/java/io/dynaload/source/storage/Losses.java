package io.dynaload.source.storage;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;

/** What becomes of a file that is not what it was when the run began; each ends the run. */
final class Losses {
  private Losses() {}

  static ImportException vanished(String uri) {
    return new ImportException(
        ErrorCode.SOURCE,
        uri + " is no longer there",
        "Put it back and resume, or start a new run over what is there.");
  }

  static ImportException changed(String uri) {
    return new ImportException(
        ErrorCode.SOURCE,
        uri + " was changed after the run began",
        "Leave the files as they are during a run; start a new run over what is there.");
  }
}
