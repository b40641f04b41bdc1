package io.dynaload.emr.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  /** Where they are on their way. */
  enum State {
    STARTING,
    RUNNING,
    FINISHED,
    FAILED
  }

  boolean isFinal() {
    return state == State.FINISHED || state == State.FAILED;
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
    StepView step = now.steps().get(0);
    return switch (step.state()) {
      case "COMPLETED" -> completed(now, step);
      case "CANCELLED" ->
          cluster.hasEnded()
              ? failed(FAILED, ended(cluster) + ", and step " + step.id() + " was not done")
              : failed(STOPPED, "step " + step.id() + " was cancelled");
      default ->
          failed(
              step.exitCode().orElse(FAILED),
              "step " + step.id() + " is " + step.state() + suffix(step.failure()));
    };
  }

  private static Verdict running(Snapshot now, StepView step) {
    boolean hasBegun = step.state().equals("RUNNING") || !now.imports().isEmpty();
    String failed = failedImports(now);
    return new Verdict(
        hasBegun ? State.RUNNING : State.STARTING,
        0,
        failed.isEmpty() ? "" : failed + "; its step goes on");
  }

  /** A step's word is taken if it holds until its imports have ended, and no import objects. */
  private static Verdict completed(Snapshot now, StepView step) {
    String failed = failedImports(now);
    if (!failed.isEmpty()) {
      return failed(FAILED, failed + ", though step " + step.id() + " is COMPLETED");
    }
    if (step.isHolder()) {
      return new Verdict(State.FINISHED, 0, "");
    }
    return leftAlone(now, "step " + step.id() + " has left its job behind")
        .orElseGet(
            () ->
                now.imports().isEmpty() && !now.cluster().hasEnded() && isFresh(now, step)
                    ? new Verdict(
                        State.STARTING, 0, "step " + step.id() + " has ended; no figures yet")
                    : new Verdict(
                        State.FINISHED,
                        0,
                        now.imports().isEmpty() ? "as the step says; no import did" : ""));
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
      return new Verdict(State.FINISHED, 0, "");
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
