package io.dynaload.source.file;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether to keep looking for new files.
 *
 * @param every how often to look; null to look once
 * @param untilIdle after how long without a new file the run ends; null for never
 */
record WatchConfig(@Nullable Duration every, @Nullable Duration untilIdle) implements Serializable {
  private static final long serialVersionUID = 1L;

  static final WatchConfig OFF = new WatchConfig(null, null);

  static final Key<Duration> WATCH =
      Key.duration("watch")
          .between(Duration.ofMillis(100), Duration.ofDays(1))
          .example("10s")
          .describedAs(
              "Keep looking for new files, so often, and import each once. Left out: what is there"
                  + " at the beginning is imported, and the run ends.");

  static final Key<Duration> UNTIL_IDLE =
      Key.duration("until-idle")
          .changeable()
          .between(Duration.ofMillis(100), Duration.ofDays(30))
          .example("5m")
          .describedAs(
              "End a run that watches once there has been no new file for so long and all are"
                  + " imported. Left out: it runs until it is stopped.");

  static final Keys KEYS = Keys.of(WATCH, UNTIL_IDLE);

  static WatchConfig of(Section section) {
    Duration every = section.find(WATCH).orElse(null);
    Duration untilIdle = section.find(UNTIL_IDLE).orElse(null);
    if (every == null && untilIdle != null) {
      throw section.problem(
          UNTIL_IDLE, "is for a run that watches", "Add watch: 10s, or leave until-idle out.");
    }
    return new WatchConfig(every, untilIdle);
  }

  boolean isOn() {
    return every != null;
  }
}
