package io.dynaload.pipeline;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.time.Duration;

/**
 * When and where the job's position is kept.
 *
 * @param directory a folder on {@code file://} or {@code s3://}; a path without a scheme is local
 */
public record CheckpointConfig(
    Duration interval,
    Duration minPause,
    Duration timeout,
    Duration alignedTimeout,
    String directory,
    int retained) {
  static final Key<Duration> INTERVAL =
      Key.duration("interval")
          .defaultsTo(Duration.ofSeconds(60))
          .between(Duration.ofMillis(100), Duration.ofHours(24))
          .describedAs("Time from the start of one checkpoint to the start of the next.");
  static final Key<Duration> MIN_PAUSE =
      Key.duration("min-pause")
          .defaultsTo(Duration.ofSeconds(1))
          .between(Duration.ZERO, Duration.ofHours(24))
          .describedAs("Least time between the end of a checkpoint and the start of the next.");
  static final Key<Duration> TIMEOUT =
      Key.duration("timeout")
          .defaultsTo(Duration.ofMinutes(10))
          .between(Duration.ofSeconds(1), Duration.ofHours(24))
          .describedAs("A checkpoint that takes longer is given up; the job goes on.");
  static final Key<Duration> ALIGNED_TIMEOUT =
      Key.duration("aligned-timeout")
          .defaultsTo(Duration.ofSeconds(1))
          .between(Duration.ZERO, Duration.ofHours(1))
          .describedAs(
              "How long a checkpoint may wait behind the items that the sink's pace holds up, before"
                  + " it overtakes them and takes them along.");
  static final Key<String> DIRECTORY =
      Key.text("directory")
          .defaultsTo("dynaload-checkpoints")
          .describedAs(
              "Where checkpoints are kept: a folder, `file://…` or `s3://…`. Each import has a folder"
                  + " of its name in it.");
  static final Key<Integer> RETAINED =
      Key.integer("retained")
          .defaultsTo(2)
          .between(1, 100)
          .describedAs("How many of the newest completed checkpoints are kept.");

  static final Keys KEYS =
      Keys.of(INTERVAL, MIN_PAUSE, TIMEOUT, ALIGNED_TIMEOUT, DIRECTORY, RETAINED);

  CheckpointConfig in(String other) {
    return new CheckpointConfig(interval, minPause, timeout, alignedTimeout, other, retained);
  }

  static CheckpointConfig from(Section section) {
    return new CheckpointConfig(
        section.get(INTERVAL),
        section.get(MIN_PAUSE),
        section.get(TIMEOUT),
        section.get(ALIGNED_TIMEOUT),
        section.get(DIRECTORY),
        section.get(RETAINED));
  }
}
