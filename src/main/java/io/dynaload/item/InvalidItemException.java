package io.dynaload.item;

/** Why DynamoDB would refuse an item. The message names the attribute, never its value. */
public final class InvalidItemException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Short and stable; for counting and filtering. */
  public enum Reason {
    MALFORMED,
    KEY_MISSING,
    KEY_TYPE,
    KEY_EMPTY,
    KEY_TOO_LONG,
    NUMBER,
    EMPTY_SET,
    DUPLICATE_IN_SET,
    DUPLICATE_ATTRIBUTE,
    TOO_DEEP,
    TOO_LARGE,
    UNSUPPORTED_VALUE
  }

  private final Reason reason;

  public InvalidItemException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
