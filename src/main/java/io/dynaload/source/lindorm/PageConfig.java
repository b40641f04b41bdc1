package io.dynaload.source.lindorm;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a page is asked for.
 *
 * @param size rows a statement
 * @param operationTimeout after which Lindorm gives up a statement; null for its own 120 s
 * @param giveUpAfter how long failures of the connection may last
 */
record PageConfig(int size, @Nullable Duration operationTimeout, Duration giveUpAfter)
    implements Serializable {
  /** After which Lindorm gives up a statement where nothing else is said. */
  private static final Duration LINDORMS_TIMEOUT = Duration.ofSeconds(120);

  /** What the answer may take longer than the statement. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

  static final Key<Integer> PAGE_SIZE =
      Key.integer("page-size")
          .changeable()
          .defaultsTo(2_000)
          .between(1, 10_000)
          .describedAs("Rows a statement; Lindorm returns at most 2,000 at once.");
  static final Key<Duration> OPERATION_TIMEOUT =
      Key.duration("operation-timeout")
          .changeable()
          .between(Duration.ofSeconds(1), Duration.ofHours(1))
          .example("300s")
          .describedAs(
              "Time after which Lindorm gives up a statement, by the hint _l_operation_timeout_;"
                  + " its own is 120s.");
  static final Key<Duration> GIVE_UP_AFTER =
      Key.duration("give-up-after")
          .changeable()
          .defaultsTo(Duration.ofSeconds(60))
          .between(Duration.ofSeconds(1), Duration.ofHours(24))
          .describedAs(
              "How long a reader tries to reach Lindorm again before it fails and the job restarts"
                  + " from its last checkpoint.");
  static final Keys KEYS = Keys.of(PAGE_SIZE, OPERATION_TIMEOUT, GIVE_UP_AFTER);

  static PageConfig of(Section section) {
    return new PageConfig(
        section.get(PAGE_SIZE),
        section.find(OPERATION_TIMEOUT).orElse(null),
        section.get(GIVE_UP_AFTER));
  }

  /** How long to wait for the answer to a statement: longer than Lindorm works at it. */
  Duration socketTimeout() {
    return (operationTimeout == null ? LINDORMS_TIMEOUT : operationTimeout).plus(ON_THE_WAY);
  }
}
