package io.dynaload.sink;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.time.Duration;

/**
 * The keys of the section {@code sink} that say how items are written.
 *
 * @param maxInFlight calls of BatchWriteItem at a time, of each subtask
 * @param giveUpAfter how long calls are sent again without one success before the run ends
 */
public record WriteConfig(int maxInFlight, Duration giveUpAfter) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Key<Integer> MAX_IN_FLIGHT =
      Key.integer("max-in-flight")
          .defaultsTo(8)
          .between(1, 256)
          .changeable()
          .describedAs("Calls of BatchWriteItem, of up to 25 items, at a time, of each subtask.");

  public static final Key<Duration> GIVE_UP_AFTER =
      Key.duration("give-up-after")
          .defaultsTo(Duration.ofMinutes(15))
          .between(Duration.ofSeconds(1), Duration.ofDays(7))
          .changeable()
          .describedAs(
              "Calls that are throttled, or fail in a way that may pass, are sent again until they"
                  + " succeed. If none has for so long, the run ends, and can go on later from its"
                  + " last checkpoint.");

  static final Keys KEYS = Keys.of(MAX_IN_FLIGHT, GIVE_UP_AFTER);

  static WriteConfig from(Section section) {
    return new WriteConfig(section.get(MAX_IN_FLIGHT), section.get(GIVE_UP_AFTER));
  }
}
