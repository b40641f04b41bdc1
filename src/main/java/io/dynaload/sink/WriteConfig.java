package io.dynaload.sink;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.time.Duration;

/**
 * The keys of the section {@code sink} that say how items are written.
 *
 * @param maxInFlight calls at a time, of each subtask
 * @param giveUpAfter how long calls are sent again without one success before the run ends
 */
public record WriteConfig(int maxInFlight, Duration giveUpAfter, WriteModeConfig mode)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static final int BATCHES_IN_FLIGHT = 8;

  /** Calls of one item take less long than those of 25, but not by as much. */
  static final int ITEMS_IN_FLIGHT = 64;

  public static final Key<Integer> MAX_IN_FLIGHT =
      Key.integer("max-in-flight")
          .between(1, 256)
          .changeable()
          .describedAs(
              "Calls at a time, of each subtask. Left out: 8, of up to 25 items each; 64 in a"
                  + " write mode that writes one item a call.");

  public static final Key<Duration> GIVE_UP_AFTER =
      Key.duration("give-up-after")
          .defaultsTo(Duration.ofMinutes(15))
          .between(Duration.ofSeconds(1), Duration.ofDays(7))
          .changeable()
          .describedAs(
              "Calls that are throttled, or fail in a way that may pass, are sent again until they"
                  + " succeed. If none has for so long, the run ends, and can go on later from its"
                  + " last checkpoint.");

  static final Keys KEYS = Keys.of(MAX_IN_FLIGHT, GIVE_UP_AFTER).and(WriteModeConfig.KEYS);

  static WriteConfig from(Section section) {
    WriteModeConfig mode = WriteModeConfig.from(section);
    int inFlight = mode.isConditional() ? ITEMS_IN_FLIGHT : BATCHES_IN_FLIGHT;
    return new WriteConfig(
        section.find(MAX_IN_FLIGHT).orElse(inFlight), section.get(GIVE_UP_AFTER), mode);
  }
}
