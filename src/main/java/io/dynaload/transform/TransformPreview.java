package io.dynaload.transform;

import io.dynaload.item.Item;
import java.util.List;

/** What a transform makes of items, one at a time, outside of a job. Not thread-safe. */
public final class TransformPreview {
  private final Steps steps;

  public TransformPreview(Transform transform, Transform.Context context) {
    steps = new Steps(transform, context);
  }

  /** What comes out: nothing of an item that is left out, the item itself if it is rejected. */
  public List<Item> of(Item item) {
    Item single = steps.single(item);
    return single == null ? List.copyOf(steps.results()) : List.of(single);
  }
}
