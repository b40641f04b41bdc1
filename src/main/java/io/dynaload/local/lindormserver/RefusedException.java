package io.dynaload.local.lindormserver;

/** What LindormTable would not do. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sqlState;

  RefusedException(String message, String sqlState) {
    super(message);
    this.sqlState = sqlState;
  }

  /** A statement that is refused for what it asks. */
  RefusedException(String message) {
    this(message, "42000");
  }

  String sqlState() {
    return sqlState;
  }
}
