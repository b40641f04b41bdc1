package io.dynaload.sink;

import io.dynaload.wire.Failure;

/** An item that is not sent, because it would be refused or would do harm. Has no stack trace. */
final class RefusedItemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /**
   * @param code short and stable, for counting
   * @param reason for a person; may name attributes, never values
   */
  RefusedItemException(String code, String reason) {
    super(reason, null, false, false);
    this.failure = new Failure(Failure.Kind.INVALID, code, reason, null);
  }

  Failure failure() {
    return failure;
  }
}
