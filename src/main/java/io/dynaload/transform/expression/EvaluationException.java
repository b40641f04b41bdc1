package io.dynaload.transform.expression;

/**
 * An expression has no value for an item. The message may name attributes and functions, never a
 * value. It carries no stack trace: a bad item is data, and there may be millions of them.
 */
public final class EvaluationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  public EvaluationException(Fault fault, String message) {
    super(message, null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /** The message, never null. */
  public String problem() {
    String message = getMessage();
    return message == null ? fault.name() : message;
  }

  static EvaluationException wrongType(String what) {
    return new EvaluationException(Fault.WRONG_TYPE, what);
  }
}
