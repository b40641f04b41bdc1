package io.dynaload.emr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepFileTest {
  private static final String LISTED =
      """
      [{"Id": "s-4", "Name": "dynaload readings stop", "Args": ["step", "--stop"]},
       {"Id": "s-3", "Name": "dynaload orders", "Args": ["step", "--resume", "latest", "--set", "a=b"]},
       {"Id": "s-2", "Name": "someone else's", "Args": ["ls"]},
       {"Id": "s-1", "Name": "dynaload readings", "Args": ["step", "--file", "f"]}]
      """;

  @Test
  void theImportsThatRunAreOursThatDoNotStopOthers() throws Exception {
    assertThat(StepFile.running(new ObjectMapper().readTree(LISTED)))
        .extracting(StepFile.Running::id)
        .containsExactly("s-3", "s-1");
  }

  @Test
  void anImportIsStoppedByItsOwnArguments() throws Exception {
    List<StepFile.Running> running = StepFile.running(new ObjectMapper().readTree(LISTED));

    assertThat(running.get(0).toStop()).containsExactly("step", "--set", "a=b", "--stop");
    assertThat(running.get(1).toStop()).containsExactly("step", "--file", "f", "--stop");
  }

  @Test
  void aFailedStepLeavesTheClusterToOthers() {
    assertThat(StepFile.step("n", List.of("a, b")))
        .hasToString(
            "{\"Type\":\"CUSTOM_JAR\",\"Name\":\"n\",\"ActionOnFailure\":\"CONTINUE\","
                + "\"Jar\":\"command-runner.jar\",\"Args\":[\"a, b\"]}");
  }
}
