package io.dynaload.transform;

import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemEncoder.Name;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Gives attributes other names, all at once, so that two can swap theirs. One that has a new name
 * already is replaced.
 *
 * @param names old to new, in the order of the file
 */
record Rename(LinkedHashMap<String, String> names) implements Operation {
  @Override
  public Changes changes() {
    Set<String> both = new HashSet<>(names.keySet());
    both.addAll(names.values());
    return Changes.of(both);
  }

  @Override
  public void outcome(Map<String, String> types) {
    Map<String, String> moved = new LinkedHashMap<>();
    names.forEach(
        (from, to) -> {
          String type = types.remove(from);
          if (type != null) {
            moved.put(to, type);
          }
        });
    types.putAll(moved);
  }

  @Override
  public Action prepare() {
    Name[] from = names.keySet().stream().map(Name::new).toArray(Name[]::new);
    Name[] to = names.values().stream().map(Name::new).toArray(Name[]::new);
    int[] found = new int[from.length];
    int[] replaced = new int[to.length];
    return work -> {
      ItemDraft draft = work.draft();
      for (int i = 0; i < from.length; i++) {
        found[i] = draft.find(from[i], Math.max(0, found[i]));
      }
      for (int i = 0; i < from.length; i++) {
        if (found[i] >= 0) {
          replaced[i] = draft.find(to[i], Math.max(0, replaced[i]));
          if (replaced[i] >= 0 && !isRenamed(replaced[i], found)) {
            draft.remove(replaced[i]);
          }
        }
      }
      for (int i = 0; i < from.length; i++) {
        if (found[i] >= 0) {
          draft.rename(found[i], to[i]);
        }
      }
      return true;
    };
  }

  private static boolean isRenamed(int index, int[] found) {
    for (int each : found) {
      if (each == index) {
        return true;
      }
    }
    return false;
  }
}
