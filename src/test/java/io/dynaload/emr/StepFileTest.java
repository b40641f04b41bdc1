package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepFileTest {
  @Test
  void aFailedStepLeavesTheClusterToOthers() {
    assertThat(StepFile.step("n", List.of("a, b")))
        .hasToString(
            "{\"Type\":\"CUSTOM_JAR\",\"Name\":\"n\",\"ActionOnFailure\":\"CONTINUE\","
                + "\"Jar\":\"command-runner.jar\",\"Args\":[\"a, b\"]}");
  }
}
