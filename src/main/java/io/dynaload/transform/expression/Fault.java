package io.dynaload.transform.expression;

/** What can go wrong with an item in an expression; the names are codes of rejected items. */
public enum Fault {
  ATTRIBUTE_MISSING,
  WRONG_TYPE,
  DIVISION_BY_ZERO,
  NUMBER_OUT_OF_RANGE,
  /** A text that does not have the form that a function needs. */
  BAD_TEXT
}
