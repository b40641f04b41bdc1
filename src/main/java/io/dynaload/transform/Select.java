package io.dynaload.transform;

import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemDraft.Encoded;
import io.dynaload.item.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps nothing but these attributes, or parts of them. */
record Select(List<AttributePath> paths) implements Operation {
  Select {
    paths = List.copyOf(paths);
  }

  /** Those that are kept, wholly or in part. */
  List<String> attributes() {
    return paths.stream().map(AttributePath::attribute).distinct().toList();
  }

  @Override
  public Changes changes() {
    List<String> whole =
        Arrays.stream(PathGroup.of(paths))
            .filter(group -> group.below().isEmpty())
            .map(group -> group.attribute().toString())
            .toList();
    return Changes.allBut(whole);
  }

  @Override
  public void outcome(Map<String, String> types) {
    types.keySet().retainAll(attributes());
  }

  @Override
  public Action prepare() {
    PathGroup[] groups = PathGroup.of(paths);
    int[] found = new int[groups.length];
    @Nullable Encoded[] parts = new Encoded[groups.length];
    return work -> {
      ItemDraft draft = work.draft();
      for (int g = 0; g < groups.length; g++) {
        found[g] = draft.find(groups[g].attribute(), Math.max(0, found[g]));
        parts[g] = null;
        if (found[g] >= 0 && !groups[g].below().isEmpty()) {
          Value value = draft.value(found[g]);
          parts[g] = draft.encode(Nested.only(value, groups[g].below()));
        }
      }
      removeOthers(draft, found);
      for (int g = 0; g < groups.length; g++) {
        Encoded part = parts[g];
        if (part != null) {
          draft.replace(found[g], part);
        }
      }
      return true;
    };
  }

  private static void removeOthers(ItemDraft draft, int[] found) {
    int count = draft.count();
    for (int i = 0; i < count; i++) {
      boolean wanted = false;
      for (int index : found) {
        wanted |= index == i;
      }
      if (!wanted && !draft.isRemoved(i)) {
        draft.remove(i);
      }
    }
  }
}
