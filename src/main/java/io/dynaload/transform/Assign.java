package io.dynaload.transform;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemDraft.Encoded;
import io.dynaload.item.ItemEncoder.Name;
import io.dynaload.transform.expression.EvaluationException;
import io.dynaload.transform.expression.Expression;
import io.dynaload.transform.expression.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives attributes the values of expressions, which all see the item as it was before the step.
 *
 * @param expressions by attribute, in the order of the file
 * @param onlyAbsent whether an attribute that is there stays as it is
 */
record Assign(LinkedHashMap<String, String> expressions, boolean onlyAbsent) implements Operation {
  @Override
  public Changes changes() {
    return Changes.of(expressions.keySet());
  }

  @Override
  public void outcome(Map<String, String> types) {
    Map<String, String> assigned = new LinkedHashMap<>();
    expressions.forEach(
        (name, text) -> {
          if (!onlyAbsent || !types.containsKey(name)) {
            String type = Compiled.of(text, Expression::compile).type();
            assigned.put(name, type == null ? Outcome.ANY : type);
          }
        });
    types.putAll(assigned);
  }

  @Override
  public Action prepare() {
    return new Assignment(
        expressions.keySet().stream().map(Name::new).toArray(Name[]::new),
        expressions.values().stream()
            .map(text -> Compiled.of(text, Expression::compile))
            .toArray(Expression[]::new),
        onlyAbsent);
  }

  private static final class Assignment implements Action {
    private final Name[] names;
    private final Expression[] expressions;
    private final boolean onlyAbsent;
    private final int[] found;
    private final @Nullable Encoded[] values;

    Assignment(Name[] names, Expression[] expressions, boolean onlyAbsent) {
      this.names = names;
      this.expressions = expressions;
      this.onlyAbsent = onlyAbsent;
      this.found = new int[names.length];
      this.values = new Encoded[names.length];
    }

    @Override
    public boolean apply(Work work) throws EvaluationException, InvalidItemException {
      ItemDraft draft = work.draft();
      for (int i = 0; i < names.length; i++) {
        found[i] = draft.find(names[i], Math.max(0, found[i]));
        values[i] = onlyAbsent && found[i] >= 0 ? null : value(i, work);
      }
      for (int i = 0; i < names.length; i++) {
        Encoded value = values[i];
        if (value == null) {
          forget(i, draft);
        } else if (found[i] >= 0) {
          draft.replace(found[i], value);
        } else {
          draft.set(names[i], value);
        }
      }
      return true;
    }

    /** Null if it is one of a delete that is not known. */
    private @Nullable Encoded value(int i, Work work)
        throws EvaluationException, InvalidItemException {
      Expression expression = expressions[i];
      if (work.isDelete() && (onlyAbsent || !expression.readsOnly(work.draft()))) {
        if (work.tableKeys().contains(names[i].toString())) {
          throw new EvaluationException(
              Fault.ATTRIBUTE_MISSING,
              "a delete has its key only, and the target's "
                  + names[i]
                  + " depends on more than that");
        }
        return null;
      }
      try {
        return work.draft().encode(expression.value(work.scope()));
      } catch (EvaluationException e) {
        throw new EvaluationException(e.fault(), names[i] + ": " + e.problem());
      } catch (InvalidItemException e) {
        throw new InvalidItemException(
            e.reason(), names[i] + ": " + expressions[i] + ": " + e.problem());
      }
    }

    private void forget(int i, ItemDraft draft) {
      if (!onlyAbsent && found[i] >= 0) {
        draft.remove(found[i]);
      }
    }
  }
}
