package io.dynaload.transform;

import io.dynaload.item.InvalidItemException;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.item.Value;
import io.dynaload.transform.expression.EvaluationException;
import io.dynaload.transform.expression.Expression;
import io.dynaload.transform.expression.Fault;
import io.dynaload.transform.expression.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps made ready for one subtask. Of each item they make everything or nothing: if one step
 * fails, for the item or for one that it was split into, what comes out is the item as it came in,
 * as a rejected one, so that a replay does all of it again. Not thread-safe.
 */
final class Steps {
  private record Ready(
      String place,
      Action action,
      @Nullable Expression when,
      boolean changesKey,
      OnError onError) {}

  private final Ready[] steps;
  private final Work work;
  private final List<Item> results = new ArrayList<>();
  private long filtered;
  private long fannedOut;

  Steps(Transform transform, Transform.Context context) {
    work =
        new Work(
            new Scope(context.now(), context.tables()::table, context.replay()), context.keys());
    steps = transform.steps().stream().map(this::ready).toArray(Ready[]::new);
  }

  private Ready ready(Step step) {
    String when = step.when();
    return new Ready(
        step.place(),
        step.operation().prepare(),
        when == null ? null : Compiled.of(when, Expression::compileCondition),
        !step.operation().changes().spare(work.tableKeys()),
        step.onError());
  }

  /** A step has failed for an item that is then to be rejected. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String reason;

    Failed(String code, String reason) {
      super(reason, null, false, false);
      this.code = code;
      this.reason = reason;
    }
  }

  /**
   * What becomes of an item, if that is one item; null if it is none or several, which the other
   * methods tell until the next call.
   */
  @Nullable Item single(Item item) {
    if (item.isRejected()) {
      return item;
    }
    results.clear();
    filtered = 0;
    fannedOut = 0;
    try {
      run(item, item.origin(), 0);
    } catch (Failed e) {
      return item.rejected(Stage.TRANSFORM, e.code, e.reason);
    }
    return results.size() == 1 && filtered == 0 && fannedOut == 0 ? results.get(0) : null;
  }

  List<Item> results() {
    return results;
  }

  /** How many items were left out. */
  long filtered() {
    return filtered;
  }

  /** How many items there were more, for a while at least, than had come in. */
  long fannedOut() {
    return fannedOut;
  }

  private void run(Item item, Origin origin, int first) throws Failed {
    work.begin(item, origin);
    for (int i = first; i < steps.length; i++) {
      if (!goesOn(steps[i])) {
        filtered++;
        return;
      }
      List<Map<String, Value>> parts = work.takeParts();
      if (parts != null && split(item, origin, parts, i)) {
        return;
      }
    }
    results.add(finished());
  }

  private boolean goesOn(Ready step) throws Failed {
    try {
      return !isMeant(step) || step.action().apply(work);
    } catch (EvaluationException e) {
      return failed(step, e.fault().name(), e.problem());
    } catch (InvalidItemException e) {
      return failed(step, e.reason().name(), e.problem());
    }
  }

  private static boolean failed(Ready step, String code, String problem) throws Failed {
    return switch (step.onError()) {
      case REJECT -> throw new Failed(code, "step " + step.place() + ": " + problem);
      case DROP -> false;
      case KEEP -> true;
    };
  }

  private boolean isMeant(Ready step) throws EvaluationException {
    Expression when = step.when();
    if (when == null) {
      return true;
    }
    if (work.isDelete() && !when.readsOnly(work.draft())) {
      if (step.changesKey()) {
        throw new EvaluationException(
            Fault.ATTRIBUTE_MISSING,
            "a delete has its key only, and whether this step changes it depends on more than"
                + " that: "
                + when);
      }
      return false;
    }
    return when.holds(work.scope());
  }

  private Item finished() throws Failed {
    try {
      if (work.isDelete()) {
        work.keepKey();
      }
      return work.draft().toItem();
    } catch (InvalidItemException e) {
      throw new Failed(e.reason().name(), "after the last step: " + e.problem());
    }
  }

  /** Whether the item is no more; if not, it goes on as it was. */
  private boolean split(Item item, Origin origin, List<Map<String, Value>> parts, int step)
      throws Failed {
    List<Item> items = new ArrayList<>(parts.size());
    try {
      for (Map<String, Value> part : parts) {
        items.add(part(item, part, items.size()));
      }
    } catch (InvalidItemException e) {
      if (failed(steps[step], e.reason().name(), "item " + items.size() + ": " + e.problem())) {
        return false;
      }
      items.clear();
    }
    if (items.isEmpty()) {
      filtered++;
      return true;
    }
    fannedOut += items.size() - 1;
    for (Item part : items) {
      run(part, origin, step + 1);
    }
    return true;
  }

  /** Numbered, because dead letters are told apart by their origin. */
  private static Item part(Item of, Map<String, Value> attributes, int number)
      throws InvalidItemException {
    Origin origin = new Origin(of.origin().toString(), number);
    ItemEncoder encoder = new ItemEncoder().begin();
    for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
      encoder.value(name(attribute.getKey()), attribute.getValue());
    }
    return of.kind() == Item.Kind.DELETE
        ? encoder.delete(of.writeTimestampMicros(), origin)
        : encoder.put(of.writeTimestampMicros(), origin);
  }

  private static ItemEncoder.Name name(String text) throws InvalidItemException {
    try {
      return new ItemEncoder.Name(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidItemException(
          InvalidItemException.Reason.UNSUPPORTED_VALUE, String.valueOf(e.getMessage()));
    }
  }
}
