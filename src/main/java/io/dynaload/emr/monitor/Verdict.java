package io.dynaload.emr.monitor;

import io.dynaload.metrics.CloudWatchNames;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How it stands, all in all.
 *
 * @param exitCode of the monitor, if it ends now: 0, or what says how the imports failed
 * @param reason for people; empty if the state says it all
 */
record Verdict(State state, int exitCode, String reason) {
  /**
   * A job that a step has left behind is given so long until its first figures are seen: CloudWatch
   * lists a new metric up to 15 minutes after its first value, which is published after a minute.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private static final int FAILED = 1;
  private static final int STOPPED = 143;

  /** docs/exit-codes.md, from what counts least to what counts most; any other counts as 1. */
  private static final List<Integer> BY_WEIGHT = List.of(0, 6, 3, 2, 4, 5, 1, 130, STOPPED);

  /** Where they are on their way. */
  enum State {
    STARTING,
    RUNNING,
    FINISHED,
    /** By somebody, before everything was done. */
    STOPPED,
    FAILED
  }

  boolean isFinal() {
    return state == State.FINISHED || state == State.STOPPED || state == State.FAILED;
  }

  static Verdict of(Snapshot now) {
    ClusterView cluster = now.cluster();
    Optional<StepView> active =
        now.steps().stream()
            .filter(step -> step.isActive() || step.state().equals("INTERRUPTED"))
            .findFirst();
    if (active.isPresent() && !cluster.hasEnded()) {
      return running(now, active.get());
    }
    if (active.isPresent()) {
      return failed(
          FAILED, ended(cluster) + ", and step " + active.get().id() + " had not come to its end");
    }
    if (now.steps().isEmpty()) {
      return withoutStep(now);
    }
    return worst(now.steps().stream().map(step -> ended(now, step)).toList());
  }

  /** Of several steps: one that is still on its way; otherwise the end that counts most. */
  private static Verdict worst(List<Verdict> each) {
    Verdict worst =
        each.stream()
            .filter(verdict -> !verdict.isFinal())
            .findFirst()
            .orElseGet(() -> Collections.max(each, Comparator.comparingInt(Verdict::weight)));
    String reasons =
        each.stream()
            .map(Verdict::reason)
            .filter(reason -> !reason.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    return new Verdict(worst.state(), worst.exitCode(), reasons);
  }

  private int weight() {
    return BY_WEIGHT.indexOf(BY_WEIGHT.contains(exitCode) ? exitCode : FAILED);
  }

  private static Verdict ended(Snapshot now, StepView step) {
    return switch (step.state()) {
      case "COMPLETED" -> completed(now, step);
      case "CANCELLED" ->
          now.cluster().hasEnded()
              ? failed(FAILED, ended(now.cluster()) + ", and step " + step.id() + " was not done")
              : failed(STOPPED, "step " + step.id() + " was cancelled");
      default -> {
        String stopped = failedImports(now).isEmpty() ? stoppedImports(now) : "";
        yield !stopped.isEmpty() && step.exitCode().orElse(STOPPED) == STOPPED
            ? new Verdict(State.STOPPED, STOPPED, stopped)
            : failed(
                step.exitCode().orElse(FAILED),
                "step " + step.id() + " is " + step.state() + suffix(step.failure()));
      }
    };
  }

  /** Imports that have all ended, without a failure. */
  private static Verdict finished(Snapshot now, String reason) {
    String stopped = stoppedImports(now);
    return stopped.isEmpty()
        ? new Verdict(State.FINISHED, 0, reason)
        : new Verdict(State.STOPPED, STOPPED, stopped);
  }

  private static String stoppedImports(Snapshot now) {
    return now.imports().stream()
        .filter(each -> each.state(now.at()) == ImportView.State.STOPPED)
        .map(
            each ->
                "%s ended at %d%%"
                    .formatted(
                        each.name(), each.figure(CloudWatchNames.PERCENT).orElse(0.0).longValue()))
        .collect(Collectors.joining("; "));
  }

  private static Verdict running(Snapshot now, StepView step) {
    boolean hasBegun = step.state().equals("RUNNING") || !now.imports().isEmpty();
    String failed = failedImports(now);
    String others =
        now.steps().stream()
            .filter(each -> each.state().equals("FAILED") || each.state().equals("CANCELLED"))
            .map(each -> "step " + each.id() + " is " + each.state())
            .collect(Collectors.joining("; "));
    return new Verdict(
        hasBegun ? State.RUNNING : State.STARTING,
        0,
        failed.isEmpty() ? others : failed + "; its step goes on");
  }

  /** A step's word is taken if it holds until its imports have ended, and no import objects. */
  private static Verdict completed(Snapshot now, StepView step) {
    String failed = failedImports(now);
    if (!failed.isEmpty()) {
      return failed(FAILED, failed + ", though step " + step.id() + " is COMPLETED");
    }
    if (step.isHolder()) {
      return finished(now, "");
    }
    return leftAlone(now, "step " + step.id() + " has left its job behind")
        .orElseGet(
            () ->
                now.imports().isEmpty() && !now.cluster().hasEnded() && isFresh(now, step)
                    ? new Verdict(
                        State.STARTING, 0, "step " + step.id() + " has ended; no figures yet")
                    : finished(
                        now, now.imports().isEmpty() ? "as the step says; no import did" : ""));
  }

  private static boolean isFresh(Snapshot now, StepView step) {
    return step.ended() != null && step.ended().plus(PATIENCE).isAfter(now.at());
  }

  private static Verdict withoutStep(Snapshot now) {
    String failed = failedImports(now);
    if (!failed.isEmpty()) {
      return failed(FAILED, failed);
    }
    Optional<Verdict> job = leftAlone(now, "no step holds its job");
    if (job.isPresent()) {
      return job.get();
    }
    if (!now.imports().isEmpty()) {
      return finished(now, "");
    }
    return now.cluster().hasEnded()
        ? failed(FAILED, ended(now.cluster()) + ", and had no step")
        : new Verdict(State.STARTING, 0, "the cluster has no step");
  }

  /** Of jobs that no step holds, if one of them has not said how it ended. */
  private static Optional<Verdict> leftAlone(Snapshot now, String why) {
    for (ImportView each : now.imports()) {
      ImportView.State state = each.state(now.at());
      if (!state.hasEnded() && now.cluster().hasEnded()) {
        return Optional.of(failed(FAILED, ended(now.cluster()) + " while " + each.name() + " ran"));
      }
      if (state == ImportView.State.SILENT) {
        return Optional.of(
            failed(
                FAILED,
                each.name()
                    + " has said nothing for "
                    + Texts.duration(Duration.between(each.asOf().orElse(now.at()), now.at()))
                    + ", nor how it ended"));
      }
    }
    return now.imports().stream().anyMatch(each -> !each.state(now.at()).hasEnded())
        ? Optional.of(new Verdict(State.RUNNING, 0, why))
        : Optional.empty();
  }

  private static String failedImports(Snapshot now) {
    List<String> failed =
        now.imports().stream()
            .filter(each -> each.state(now.at()) == ImportView.State.FAILED)
            .map(
                each ->
                    each.name()
                        + " has failed"
                        + (each.application() == null
                            ? ""
                            : suffix(each.application().diagnostics())))
            .toList();
    return String.join("; ", failed);
  }

  private static String ended(ClusterView cluster) {
    return "the cluster is " + cluster.state() + suffix(cluster.reason());
  }

  private static String suffix(String detail) {
    String line =
        detail.lines().map(String::strip).filter(each -> !each.isEmpty()).findFirst().orElse("");
    return line.isEmpty() ? "" : " (" + line + ")";
  }

  private static Verdict failed(int exitCode, String reason) {
    return new Verdict(State.FAILED, exitCode, reason);
  }
}
