package io.dynaload.emr.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.emr.StepArguments;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepViewTest {
  private static final StepArguments ARGUMENTS =
      new StepArguments("s3://b/app/dynaload.jar", "s3://b/app/x.yaml", List.of("sink.table=t"));

  private static StepView step(List<String> arguments, String failure) {
    return new StepView("s-1", "x", arguments, "FAILED", failure, null, null);
  }

  @Test
  void knowsTheStepsThatHoldUntilTheirImportsHaveEnded() {
    assertThat(step(ARGUMENTS.toImport(), "").isHolder()).isTrue();
    assertThat(step(ARGUMENTS.toResume("latest"), "").isHolder()).isTrue();
    assertThat(step(ARGUMENTS.toResume("latest"), "").isStop()).isFalse();
    assertThat(step(ARGUMENTS.toStop(), "").isStop()).isTrue();
    assertThat(step(Life.NO_HOLDER, "").isHolder()).isFalse();
    assertThat(step(List.of(), "").isHolder()).isFalse();
  }

  @Test
  void findsTheExitCodeWhereEmrTellsIt() {
    for (String text :
        List.of(
            "Step failed with exitCode 4 and took 12 seconds",
            "Command exiting with ret '4'",
            "ended with exit code 4",
            "Unknown Error. exit status: 4")) {
      assertThat(step(List.of(), text).exitCode()).as(text).hasValue(4);
    }
    for (String text :
        List.of(
            "Unknown Error.",
            "secret 4 was not found",
            "exit code 0, but the node was lost",
            "exit code 1234",
            "exit code 256")) {
      assertThat(step(List.of(), text).exitCode()).as(text).isEmpty();
    }
    assertThat(step(List.of(), "").exitCode()).isEmpty();
  }
}
