package io.dynaload.emr.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
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
          "(?:exit ?code|exit status|ret)[ :='\"]*([0-9]{1,3})", Pattern.CASE_INSENSITIVE);

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

  /** The exit code of its command, where EMR tells it. */
  OptionalInt exitCode() {
    Matcher code = EXIT_CODE.matcher(failure);
    return code.find() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
  }

  Duration took(Instant now) {
    return started == null ? Duration.ZERO : Duration.between(started, ended == null ? now : ended);
  }
}
