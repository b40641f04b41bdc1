package io.dynaload.transform;

import io.dynaload.transform.expression.EvaluationException;
import io.dynaload.transform.expression.Expression;
import io.dynaload.transform.expression.Fault;
import java.util.Map;

/** Makes an item of each map of a list; the item itself is no more. */
record Split(String list) implements Operation {
  @Override
  public Changes changes() {
    return Changes.ALL;
  }

  /** Nothing is known of them. */
  @Override
  public void outcome(Map<String, String> types) {
    types.clear();
  }

  @Override
  public Action prepare() {
    Expression compiled = Compiled.of(list, Expression::compileList);
    return work -> {
      if (work.isDelete() && !compiled.readsOnly(work.draft())) {
        throw new EvaluationException(
            Fault.ATTRIBUTE_MISSING,
            "a delete has its key only, and into what it is split depends on more than that");
      }
      work.split(compiled.items(work.scope()));
      return true;
    };
  }
}
