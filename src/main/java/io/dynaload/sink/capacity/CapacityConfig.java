package io.dynaload.sink.capacity;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;

/**
 * The keys of the section {@code sink} that say how fast it writes.
 *
 * @param writeCapacity write units a second, over the whole job
 */
public record CapacityConfig(int writeCapacity) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Key<Integer> WRITE_CAPACITY =
      Key.integer("write-capacity")
          .required()
          .between(1, 10_000_000)
          .changeable()
          .example("1000")
          .describedAs(
              "Write units a second that the whole import may use. An item costs one for each 1 KB"
                  + " that it begins.");

  public static final Keys KEYS = Keys.of(WRITE_CAPACITY);

  /** So many write units a second. */
  public static CapacityConfig units(int writeCapacity) {
    return new CapacityConfig(writeCapacity);
  }

  /** Reads a section whose keys include {@link #KEYS}. */
  public static CapacityConfig from(Section section) {
    return new CapacityConfig(section.get(WRITE_CAPACITY));
  }
}
