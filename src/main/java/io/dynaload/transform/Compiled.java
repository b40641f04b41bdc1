package io.dynaload.transform;

import io.dynaload.transform.expression.Expression;
import io.dynaload.transform.expression.ExpressionException;

/** Compiles, for a subtask, what was found right when the file was read. */
final class Compiled {
  private Compiled() {}

  @FunctionalInterface
  interface Compilation {
    Expression compile(String text) throws ExpressionException;
  }

  static Expression of(String text, Compilation how) {
    try {
      return how.compile(text);
    } catch (ExpressionException e) {
      throw new IllegalStateException("an expression that was right is wrong: " + text, e);
    }
  }
}
