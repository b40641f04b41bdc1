package io.dynaload.transform.expression;

/** A text that is no expression, or one that can be known to fail. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * @param line of the expression's text, from 1
   * @param column in this line, from 1
   */
  ExpressionException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** {@code line 1, column 6: undeclared reference to 'itm'}. */
  public String problem() {
    return "line " + line + ", column " + column + ": " + getMessage();
  }
}
