package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepFileTest {
  private static final String LISTED =
      """
      [{"Id": "s-4", "Name": "dynaload readings stop", "State": "RUNNING", "Args": ["step", "--stop"]},
       {"Id": "s-3", "Name": "dynaload orders", "State": "PENDING",
        "Args": ["step", "--resume", "latest", "--set", "a=b"]},
       {"Id": "s-2", "Name": "someone else's", "State": "RUNNING", "Args": ["ls"]},
       {"Id": "s-1", "Name": "dynaload readings", "State": "COMPLETED",
        "Args": ["x.jar", "step", "--file", "f"]}]
      """;

  @Test
  void theImportsAreOursThatDoNotStopOthers() throws Exception {
    assertThat(StepFile.imports(new ObjectMapper().readTree(LISTED)))
        .extracting(StepFile.Listed::id, StepFile.Listed::hasNotEnded)
        .containsExactly(tuple("s-3", true), tuple("s-1", false));
  }

  @Test
  void anImportIsTheSameByAllItsArgumentsButWhereItBegins() throws Exception {
    List<StepFile.Listed> imports = StepFile.imports(new ObjectMapper().readTree(LISTED));
    StepFile.Listed orders = imports.get(0);
    StepFile.Listed readings = imports.get(1);

    assertThat(orders.isLike(List.of("step", "--set", "a=b"))).isTrue();
    assertThat(orders.isLike(List.of("step", "--set", "a=c"))).isFalse();
    assertThat(readings.isLike(List.of("y.jar", "step", "--file", "f"))).isFalse();
    assertThat(readings.importsLike(List.of("y.jar", "step", "--file", "f"))).isTrue();
    assertThat(readings.importsLike(List.of("y.jar", "step", "--file", "g"))).isFalse();
  }

  @Test
  void anImportIsStoppedByItsOwnArguments() throws Exception {
    List<StepFile.Listed> running = StepFile.imports(new ObjectMapper().readTree(LISTED));

    assertThat(running.get(0).toStop()).containsExactly("step", "--set", "a=b", "--stop");
    assertThat(running.get(1).toStop()).containsExactly("x.jar", "step", "--file", "f", "--stop");
  }

  @Test
  void aFailedStepLeavesTheClusterToOthers() {
    assertThat(StepFile.step("n", List.of("a, b")))
        .hasToString(
            "{\"Type\":\"CUSTOM_JAR\",\"Name\":\"n\",\"ActionOnFailure\":\"CONTINUE\","
                + "\"Jar\":\"command-runner.jar\",\"Args\":[\"a, b\"]}");
  }
}
