package io.dynaload.emr.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step, as EMR describes it.
 *
 * @param failure what EMR says of its failure; empty if it says nothing
 */
record StepView(
    String id,
    String name,
    List<String> arguments,
    String state,
    String failure,
    @Nullable Instant started,
    @Nullable Instant ended) {
  private static final Set<String> ACTIVE = Set.of("PENDING", "RUNNING", "CANCEL_PENDING");
  private static final Pattern EXIT_CODE =
      Pattern.compile(
          "\\b(?:exit ?code|exit status|ret)\\b[ :='\"]*([0-9]{1,3})\\b", Pattern.CASE_INSENSITIVE);
  private static final int MOST = 255;

  /** Whether it has not ended. */
  boolean isActive() {
    return ACTIVE.contains(state);
  }

  /** Whether Dynaload's command {@code step} runs in it, which ends as its imports do. */
  boolean isHolder() {
    return arguments.contains("step")
        && arguments.stream().anyMatch(each -> each.contains("io.dynaload.cli.Main"));
  }

  /** Whether it only stops another one. */
  boolean isStop() {
    return isHolder() && arguments.contains("--stop");
  }

  /** The exit code of its command, where EMR tells it; never 0: that is no failure's. */
  OptionalInt exitCode() {
    return EXIT_CODE
        .matcher(failure)
        .results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .filter(code -> code > 0 && code <= MOST)
        .findFirst();
  }

  Duration took(Instant now) {
    return started == null ? Duration.ZERO : Duration.between(started, ended == null ? now : ended);
  }
}
