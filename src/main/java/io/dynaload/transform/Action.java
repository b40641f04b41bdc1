package io.dynaload.transform;

import io.dynaload.item.InvalidItemException;
import io.dynaload.transform.expression.EvaluationException;

/** A step made ready for one subtask. */
@FunctionalInterface
interface Action {
  /**
   * Does the step. If it fails, the item is as it was before.
   *
   * @return whether the item goes on; false if it is left out
   */
  boolean apply(Work work) throws EvaluationException, InvalidItemException;
}
