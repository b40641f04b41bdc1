package io.dynaload.sink;

import io.dynaload.item.Item;
import java.util.List;
import java.util.function.Consumer;

/** Calls an operation that writes. */
interface BatchService extends AutoCloseable {
  /**
   * Begins a call and returns at once. The answer is given exactly once, from any thread; if the
   * call could not even begin, from this one.
   *
   * @param items at most {@link Limits#batchItems}, of different keys
   */
  void call(List<Item> items, Consumer<Answer> whenAnswered);

  /** Ends what is in flight and releases connections and threads. */
  @Override
  void close();
}
