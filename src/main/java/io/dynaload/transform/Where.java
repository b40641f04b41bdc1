package io.dynaload.transform;

import io.dynaload.transform.expression.Expression;
import java.util.Map;

/** Leaves an item out for which a condition does not hold. */
record Where(String condition) implements Operation {
  @Override
  public Changes changes() {
    return Changes.NONE;
  }

  @Override
  public void outcome(Map<String, String> types) {}

  /** A delete goes on unless its key alone says that it was never written. */
  @Override
  public Action prepare() {
    Expression compiled = Compiled.of(condition, Expression::compileCondition);
    return work ->
        (work.isDelete() && !compiled.readsOnly(work.draft())) || compiled.holds(work.scope());
  }
}
