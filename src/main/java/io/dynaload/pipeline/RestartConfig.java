package io.dynaload.pipeline;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.time.Duration;

/**
 * How often the job picks itself up. The pause doubles from a second to a minute; attempts are
 * counted anew once the job has run well for {@code reset-after}.
 */
public record RestartConfig(int attempts, Duration resetAfter) {
  static final Key<Integer> ATTEMPTS =
      Key.integer("attempts")
          .defaultsTo(10)
          .between(0, 1000)
          .describedAs("Restarts in a row before the run fails. 0: never restart.");
  static final Key<Duration> RESET_AFTER =
      Key.duration("reset-after")
          .defaultsTo(Duration.ofMinutes(10))
          .between(Duration.ofSeconds(10), Duration.ofHours(24))
          .describedAs("After so long without a failure, attempts are counted anew.");

  static final Keys KEYS = Keys.of(ATTEMPTS, RESET_AFTER);

  static RestartConfig from(Section section) {
    return new RestartConfig(section.get(ATTEMPTS), section.get(RESET_AFTER));
  }
}
