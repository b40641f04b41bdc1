package io.dynaload.transform;

import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemDraft.Encoded;
import io.dynaload.item.ItemEncoder.Name;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives attributes that are there another type. One that has the type, or is NULL, stays as it is.
 *
 * @param types by attribute, in the order of the file
 */
record Cast(LinkedHashMap<String, CastType> types) implements Operation {
  @Override
  public Changes changes() {
    return Changes.of(types.keySet());
  }

  @Override
  public void outcome(Map<String, String> known) {
    types.forEach((name, type) -> known.computeIfPresent(name, (n, before) -> type.name()));
  }

  @Override
  public Action prepare() {
    Name[] names = types.keySet().stream().map(Name::new).toArray(Name[]::new);
    CastType[] wanted = types.values().toArray(CastType[]::new);
    int[] found = new int[names.length];
    @Nullable Encoded[] values = new Encoded[names.length];
    return work -> {
      ItemDraft draft = work.draft();
      for (int i = 0; i < names.length; i++) {
        found[i] = draft.find(names[i], Math.max(0, found[i]));
        values[i] = found[i] < 0 ? null : wanted[i].cast(names[i].toString(), found[i], draft);
      }
      for (int i = 0; i < names.length; i++) {
        Encoded value = values[i];
        if (value != null) {
          draft.replace(found[i], value);
        }
      }
      return true;
    };
  }
}
