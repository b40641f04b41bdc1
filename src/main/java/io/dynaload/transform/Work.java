package io.dynaload.transform;

import io.dynaload.item.Item;
import io.dynaload.item.ItemDraft;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.Origin;
import io.dynaload.item.Value;
import io.dynaload.transform.expression.Scope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An item on its way through the steps. One of them serves a subtask; not thread-safe. */
final class Work {
  private final Scope scope;
  private final List<String> keys;
  private boolean delete;
  private @Nullable List<Map<String, Value>> parts;

  Work(Scope scope, KeySchema table) {
    this.scope = scope;
    this.keys = keys(table);
  }

  private static List<String> keys(KeySchema table) {
    return Stream.of(table.partition(), table.sort())
        .filter(Objects::nonNull)
        .map(KeyAttribute::name)
        .toList();
  }

  /**
   * @param origin of the item that it was split off from, or its own
   */
  void begin(Item item, Origin origin) {
    scope.begin(item, origin);
    delete = item.kind() == Item.Kind.DELETE;
    parts = null;
  }

  Scope scope() {
    return scope;
  }

  ItemDraft draft() {
    return scope.draft();
  }

  /**
   * Whether it is a delete: it has its key and nothing else, so what a step makes of other
   * attributes cannot be known, and matters only if the key in the table depends on it.
   */
  boolean isDelete() {
    return delete;
  }

  /** The names of the target's key attributes. */
  List<String> tableKeys() {
    return keys;
  }

  /** Takes away from a changed delete what is no part of the target's key. */
  void keepKey() {
    ItemDraft draft = draft();
    for (int i = 0; draft.isChanged() && i < draft.count(); i++) {
      if (!draft.isRemoved(i) && !keys.contains(draft.name(i))) {
        draft.remove(i);
      }
    }
  }

  void split(List<Map<String, Value>> into) {
    parts = into;
  }

  /** What a split made of the item, once; null if the step was none. */
  @Nullable List<Map<String, Value>> takeParts() {
    List<Map<String, Value>> taken = parts;
    parts = null;
    return taken;
  }
}
