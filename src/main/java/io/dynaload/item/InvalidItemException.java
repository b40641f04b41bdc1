package io.dynaload.item;

/**
 * Why DynamoDB would refuse an item. The message names the attribute, never its value. It carries
 * no stack trace: a bad item is data, and there may be millions of them.
 */
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
    super(message, null, false, false);
    this.reason = reason;
  }

  /** The message, never null. */
  public String problem() {
    String message = getMessage();
    return message == null ? reason.name() : message;
  }

  public Reason reason() {
    return reason;
  }
}
