package io.dynaload.pipeline;

import io.dynaload.aws.TableAddress;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.ImportSource;

/** Finds out before anything is written whether a source reads the very table that is written. */
final class SameTableCheck {
  private SameTableCheck() {}

  /**
   * @throws ImportException (CONFIGURATION) if it does: it would read what it has written
   */
  static void check(ImportSource source, TableAddress target) {
    for (TableAddress read : source.reads()) {
      if (read.isSameAs(target)) {
        throw new ImportException(
            ErrorCode.CONFIGURATION,
            "The source and the target are the same table, " + target.arn(),
            "Correct sink.table, sink.region or sink.endpoint, or those of source.");
      }
    }
  }
}
