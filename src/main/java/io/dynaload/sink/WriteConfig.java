package io.dynaload.sink;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;

/**
 * The keys of the section {@code sink} that say how items are written.
 *
 * @param maxInFlight calls of BatchWriteItem at a time, of each subtask
 */
public record WriteConfig(int maxInFlight) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Key<Integer> MAX_IN_FLIGHT =
      Key.integer("max-in-flight")
          .defaultsTo(8)
          .between(1, 256)
          .changeable()
          .describedAs("Calls of BatchWriteItem, of up to 25 items, at a time, of each subtask.");

  static final Keys KEYS = Keys.of(MAX_IN_FLIGHT);

  static WriteConfig from(Section section) {
    return new WriteConfig(section.get(MAX_IN_FLIGHT));
  }
}
