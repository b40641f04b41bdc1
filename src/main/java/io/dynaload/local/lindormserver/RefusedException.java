package io.dynaload.local.lindormserver;

import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;

/**
 * What LindormTable would not do. Its message, code and SQL state reach the client's SQLException.
 */
final class RefusedException extends AvaticaRuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message, String sqlState) {
    super(message, -1, sqlState, AvaticaSeverity.ERROR);
  }

  /** A statement that is refused for what it asks. */
  RefusedException(String message) {
    this(message, "42000");
  }
}
