package io.dynaload.emr.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");

  private static StepView step(String id, List<String> arguments, String state, String failure) {
    Instant ended = state.equals("RUNNING") ? null : NOW.minus(Duration.ofMinutes(15));
    return new StepView(
        id, "x", arguments, state, failure, NOW.minus(Duration.ofMinutes(75)), ended);
  }

  private static StepView holder(String id, String state, String failure) {
    return step(id, Life.HOLDER, state, failure);
  }

  private static ImportView ended(double percent, int percentsAge) {
    return new ImportView(
        "readings",
        "r1",
        Map.of(
            "failed",
            new Point(0, NOW.minusSeconds(60)),
            "percent",
            new Point(percent, NOW.minusSeconds(percentsAge))),
        null);
  }

  private static Snapshot snapshot(List<StepView> steps, List<ImportView> imports) {
    return new Snapshot(
        NOW,
        new Watched("j-1", "readings", "us-west-2", null, null, 0),
        new ClusterView("j-1", "x", "RUNNING", "", "", null, null, List.of()),
        steps,
        imports,
        new TableView("readings", "ACTIVE", 0, 1_000, null, null),
        List.of());
  }

  private static Verdict of(List<StepView> steps, ImportView... imports) {
    return Verdict.of(snapshot(steps, List.of(imports)));
  }

  @Test
  void ofSeveralStepsTheEndThatCountsMostIsTaken() {
    StepView done = holder("s-2", "COMPLETED", "");
    StepView failed = holder("s-1", "FAILED", "exit code 5");
    assertThat(of(List.of(done, failed)).exitCode()).isEqualTo(5);
    assertThat(of(List.of(done, failed)).state()).isEqualTo(Verdict.State.FAILED);
    assertThat(of(List.of(failed, holder("s-3", "FAILED", "exit code 3"))).exitCode()).isEqualTo(5);
    assertThat(of(List.of(failed, holder("s-3", "FAILED", "exit code 77"))).exitCode())
        .isEqualTo(77);
    Verdict running = of(List.of(holder("s-4", "RUNNING", ""), failed));
    assertThat(running.isFinal()).isFalse();
    assertThat(running.reason()).contains("step s-1 is FAILED");
  }

  @Test
  void aStepThatFailedNeverEndsWell() {
    assertThat(of(List.of(holder("s-1", "FAILED", "exit code 0"))).exitCode()).isEqualTo(1);
  }

  @Test
  void aRunThatWasStoppedIsNotFinished() {
    for (StepView step :
        List.of(holder("s-1", "COMPLETED", ""), holder("s-1", "FAILED", "exit code 143"))) {
      Verdict stopped = of(List.of(step), ended(62.4, 60));
      assertThat(stopped)
          .isEqualTo(new Verdict(Verdict.State.STOPPED, 143, "readings ended at 62%"));
      assertThat(stopped.isFinal()).isTrue();
    }
    assertThat(of(List.of(holder("s-1", "COMPLETED", "")), ended(100, 60)).exitCode()).isZero();
    // The percentage of an earlier minute is not that of the end.
    assertThat(of(List.of(holder("s-1", "COMPLETED", "")), ended(99, 120)).exitCode()).isZero();
    assertThat(of(List.of(holder("s-1", "FAILED", "exit code 4")), ended(62, 60)).exitCode())
        .isEqualTo(4);
  }

  @Test
  void aJobThatWasLeftBehindHasTwentyMinutesForItsFirstFigures() {
    assertThat(of(List.of(step("s-1", Life.NO_HOLDER, "COMPLETED", ""))).isFinal()).isFalse();
  }

  @Test
  void provisionedUnitsCostUntilTheLastStepHasEnded() {
    double hour = 1_000 * 0.00065;
    assertThat(
            Cost.of(snapshot(List.of(holder("s-1", "COMPLETED", "")), List.of()))
                .writeUnits()
                .orElseThrow())
        .isCloseTo(hour, Offset.offset(1e-9));
    assertThat(
            Cost.of(snapshot(List.of(holder("s-1", "RUNNING", "")), List.of()))
                .writeUnits()
                .orElseThrow())
        .isCloseTo(hour * 1.25, Offset.offset(1e-9));
  }
}
