package io.dynaload.transform.expression;

import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemEncoder.Name;

/** {@code item.NAME}; where it was found is where it is looked for first in the next item. */
final class Attribute implements Node {
  private final Name name;
  private final EvaluationException missing;
  private int hint;

  Attribute(Name name) {
    this.name = name;
    this.missing =
        new EvaluationException(
            Fault.ATTRIBUTE_MISSING, "the item has no attribute '" + name + "'");
  }

  @Override
  public Object eval(Scope scope) throws EvaluationException {
    ItemDraft draft = scope.draft();
    int index = draft.find(name, hint);
    if (index < 0) {
      throw missing;
    }
    hint = index;
    return Values.of(draft.value(index));
  }

  boolean isThere(Scope scope) {
    int index = scope.draft().find(name, hint);
    hint = Math.max(0, index);
    return index >= 0;
  }
}
