package io.dynaload.transform;

import io.dynaload.item.Item;
import io.dynaload.item.KeySchema;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The steps of a file as a subtask runs them, for the benchmark. */
public final class TransformRun {
  private final Transform transform;
  private final Steps steps;

  public TransformRun(Path file, KeySchema keys) {
    transform = TransformCase.read(file);
    steps = new Steps(transform, new Transform.Context(keys, unit -> "", Instant.EPOCH, false));
  }

  public Transform transform() {
    return transform;
  }

  /** What becomes of an item; null if it is left out. */
  public @Nullable Item apply(Item item) {
    return steps.single(item);
  }
}
