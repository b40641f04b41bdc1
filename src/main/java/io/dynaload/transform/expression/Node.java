package io.dynaload.transform.expression;

/** A part of an expression, ready to be evaluated. */
@FunctionalInterface
interface Node {
  Object eval(Scope scope) throws EvaluationException;
}
