package io.dynaload.transform;

import io.dynaload.item.ItemDraft;
import io.dynaload.item.ItemDraft.Encoded;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes attributes, or parts of them. */
record Drop(List<AttributePath> paths) implements Operation {
  Drop {
    paths = List.copyOf(paths);
  }

  @Override
  public Changes changes() {
    return Changes.of(paths.stream().map(AttributePath::attribute).distinct().toList());
  }

  @Override
  public void outcome(Map<String, String> types) {
    for (AttributePath path : paths) {
      if (!path.isNested()) {
        types.remove(path.attribute());
      }
    }
  }

  @Override
  public Action prepare() {
    PathGroup[] groups = PathGroup.of(paths);
    int[] hints = new int[groups.length];
    @Nullable Encoded[] rests = new Encoded[groups.length];
    return work -> {
      ItemDraft draft = work.draft();
      for (int g = 0; g < groups.length; g++) {
        hints[g] = draft.find(groups[g].attribute(), Math.max(0, hints[g]));
        rests[g] = null;
        if (hints[g] >= 0 && !groups[g].below().isEmpty()) {
          rests[g] = draft.encode(Nested.without(draft.value(hints[g]), groups[g].below()));
        }
      }
      for (int g = 0; g < groups.length; g++) {
        Encoded rest = rests[g];
        if (rest != null) {
          draft.replace(hints[g], rest);
        } else if (hints[g] >= 0) {
          draft.remove(hints[g]);
        }
      }
      return true;
    };
  }
}
